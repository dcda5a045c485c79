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
   * `without`: all but one.
   */
  readonly kind: 'ideal' | 'full' | 'alone' | 'without';
  readonly context: AttributionContext;
  /** The part's name. */
  readonly part?: string;
}

type Parts = Extract<Study['design'], { kind: 'attribution' }>['parts'];

const OPERATIONS = ['forward', 'backward', 'update'] as const;

/**
 * Each part on alone, and off alone, in each operation by itself and in all together. What an operation does outside a
 * context is computed exactly, so that a cost belongs to its context.
 */
export function attributionPoints(parts: Parts): DesignPoint[] {
  const all = Object.entries(parts);
  const off = (kept: (name: string) => boolean): Record<string, unknown> =>
    Object.assign({}, ...all.filter(([name]) => !kept(name)).map(([, part]) => part.off)); // prettier-ignore
  const within = CONTEXTS.flatMap((context) => {
    const here = all.filter(([, { operations }]) => context === 'all' || operations.includes(context));
    if (here.length === 0) return [];
    const point = (
      kind: AttributionPoint['kind'],
      kept: (name: string) => boolean,
      part?: string,
    ): DesignPoint => ({
      label: labelOf(kind, context, part),
      values: { ...digitalOutside(context), ...off(kept) },
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
    values: {
      ...off(() => false),
      ...Object.fromEntries(OPERATIONS.map((o) => [`operations.${o}`, 'digital'])),
    },
    attribution: { kind: 'ideal', context: 'all' },
  };
  return [ideal, ...within];
}

const digitalOutside = (context: AttributionContext): Record<string, unknown> =>
  Object.fromEntries(
    OPERATIONS.filter((o) => context !== 'all' && o !== context).map((o) => [`operations.${o}`, 'digital']),
  );

/** `all: only wire` */
function labelOf(kind: AttributionPoint['kind'], context: AttributionContext, part = ''): string {
  const what = { ideal: 'nothing', full: 'everything', alone: `only ${part}`, without: `all but ${part}` };
  return `${context}: ${what[kind]}`;
}
