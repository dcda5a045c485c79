import type { Study } from '../study.js';
import type { DesignPoint } from './design.js';

/** The operations of training, and all of them together. */
export const CONTEXTS = ['all', 'forward', 'backward', 'update'] as const;
/** The operations in which a part is on or off: all, or one of them while the others are exact. */
export type AttributionContext = (typeof CONTEXTS)[number];

/** What a point of an attribution is for. */
export interface AttributionPoint {
  /**
   * `ideal`: nothing acts; `full`: every part acts in this context and nothing in others; `alone`: one part of it acts;
   * `without`: all but one, or, where none is named, every part in all operations but this one.
   */
  readonly kind: 'ideal' | 'full' | 'alone' | 'without';
  readonly context: AttributionContext;
  /** The part's name. */
  readonly part?: string;
}

type Parts = Extract<Study['design'], { kind: 'attribution' }>['parts'];

const OPERATIONS = ['forward', 'backward', 'update'] as const;
type Operation = (typeof OPERATIONS)[number];

/**
 * Each part on alone, and off alone, in each operation by itself and in all together. What an operation does outside a
 * context is computed exactly, so that a cost belongs to its context. Then each operation off alone: it is exact, and every
 * part acts in the others.
 */
export function attributionPoints(parts: Parts): DesignPoint[] {
  const all = Object.entries(parts);
  const off = (kept: (name: string) => boolean): Record<string, unknown> =>
    Object.assign({}, ...all.filter(([name]) => !kept(name)).map(([, part]) => part.off)); // prettier-ignore
  const inOperation = (operation: Operation) => all.filter(([, { operations }]) => operations.includes(operation)); // prettier-ignore
  const used = OPERATIONS.filter((operation) => inOperation(operation).length > 0);
  const within = (['all', ...used] as const).flatMap((context) => {
    const here = context === 'all' ? all : inOperation(context);
    const exact = digital(OPERATIONS.filter((o) => context !== 'all' && o !== context));
    const point = (
      kind: AttributionPoint['kind'],
      kept: (name: string) => boolean,
      part?: string,
    ): DesignPoint => ({
      label: labelOf(kind, context, part),
      values: { ...exact, ...off(kept) },
      attribution: { kind, context, ...(part !== undefined && { part }) },
    });
    return [
      point('full', () => true),
      ...here.map(([name]) => point('alone', (other) => other === name, name)),
      ...here.map(([name]) => point('without', (other) => other !== name, name)),
    ];
  });
  const ideal: DesignPoint = {
    label: 'nothing',
    values: { ...off(() => false), ...digital(OPERATIONS) },
    attribution: { kind: 'ideal', context: 'all' },
  };
  const exactAlone = used.map((operation): DesignPoint => ({
    label: labelOf('without', 'all', operation),
    values: digital([operation]),
    attribution: { kind: 'without', context: operation },
  }));
  return [ideal, ...within, ...exactAlone];
}

const digital = (operations: readonly Operation[]): Record<string, unknown> =>
  Object.fromEntries(operations.map((o) => [`operations.${o}`, 'digital']));

/** `all: only wire` */
function labelOf(kind: AttributionPoint['kind'], context: AttributionContext, part = ''): string {
  const what = { ideal: 'nothing', full: 'everything', alone: `only ${part}`, without: `all but ${part}` };
  return `${context}: ${what[kind]}`;
}
