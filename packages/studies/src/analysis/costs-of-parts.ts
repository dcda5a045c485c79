import { CONTEXTS, type AttributionContext, type AttributionPoint } from '../design/attribution.js';
import type { PointSummary } from './point-summary.js';
import { spreadOf } from './statistics.js';

/** A difference of accuracies, and its standard error over seeds, fractions. */
export interface Cost {
  readonly mean: number;
  readonly error: number;
}

/** What a part costs in a context: what it takes from nothing, and what taking it away gives to everything. */
export interface PartCost {
  readonly part: string;
  readonly context: AttributionContext;
  /** accuracy(nothing acts) − accuracy(only this part acts) */
  readonly alone: Cost;
  /** accuracy(all but this part act) − accuracy(everything acts) */
  readonly inCompany: Cost;
}

/** What all parts together cost in a context: by themselves, and, of one operation, what its being exact gives to everything. */
export interface ContextCost {
  readonly context: AttributionContext;
  /** accuracy(nothing acts) − accuracy(every part acts in this context) */
  readonly alone: Cost;
  /** accuracy(every part acts in all other operations) − accuracy(everything acts) */
  readonly inCompany?: Cost;
}

/** Costs of an attribution's points, differences taken seed by seed. Those of which a point is missing are left out. */
export function costsOfParts(points: readonly PointSummary[]): {
  parts: PartCost[];
  contexts: ContextCost[];
} {
  const at = (kind: AttributionPoint['kind'], context: AttributionContext, part?: string) =>
    points.find(
      ({ point: { attribution: a } }) => a?.kind === kind && a.context === context && a.part === part,
    );
  const ideal = at('ideal', 'all');
  const parts = points.flatMap(({ point: { attribution } }): PartCost[] => {
    if (attribution?.kind !== 'alone') return [];
    const { context, part } = attribution;
    const alone = difference(ideal, at('alone', context, part));
    const inCompany = difference(at('without', context, part), at('full', context));
    return alone && inCompany ? [{ part: part!, context, alone, inCompany }] : [];
  });
  const contexts = CONTEXTS.flatMap((context): ContextCost[] => {
    const alone = difference(ideal, at('full', context));
    const inCompany = difference(at('without', context), at('full', 'all'));
    return alone ? [{ context, alone, ...(inCompany && { inCompany }) }] : [];
  });
  return { parts, contexts };
}

function difference(better: PointSummary | undefined, worse: PointSummary | undefined): Cost | undefined {
  if (!better || !worse || better.accuracies.length !== worse.accuracies.length) return undefined;
  const { mean, deviation, n } = spreadOf(better.accuracies.map((a, i) => a - worse.accuracies[i]!));
  return { mean, error: deviation / Math.sqrt(n) };
}
