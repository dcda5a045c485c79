import { describe, expect, it } from 'vitest';
import { costsOfParts } from '../src/analysis/costs-of-parts.js';
import { elementaryEffects } from '../src/analysis/elementary-effects.js';
import { mainEffects } from '../src/analysis/main-effects.js';
import { paretoFront } from '../src/analysis/pareto.js';
import { summarise } from '../src/analysis/point-summary.js';
import { morrisTrajectories } from '../src/design/morris.js';
import { planStudy } from '../src/plan.js';
import { outcomesOf } from '../src/result.js';
import { parseStudy, type StudyInput } from '../src/study.js';
import { resultsOf } from './results.js';
import { STACK } from './stack.js';

const study = (input: StudyInput, accuracy: (values: Record<string, number>, seed: number) => number) => {
  const plan = planStudy(parseStudy(input), STACK);
  const points = summarise(plan, outcomesOf(plan, resultsOf(plan, accuracy)));
  return { plan, points };
};

describe('elementaryEffects', () => {
  const apply = (f: (x: readonly number[]) => number, trajectories: number, k: number, levels = 4) =>
    elementaryEffects(
      morrisTrajectories(1, trajectories, k, levels).map((p) => ({ ...p, value: f(p.place) })),
      k,
    );

  it('of a linear function are its coefficients, without spread', () => {
    const effects = apply((x) => 5 + 2 * x[0]! - 3 * x[1]!, 4, 3);
    expect(effects.map((e) => Number(e.mean.toFixed(10)))).toEqual([2, -3, 0]);
    expect(effects.map((e) => Number(e.magnitude.toFixed(10)))).toEqual([2, 3, 0]);
    for (const { deviation, effects: n } of effects) {
      expect(deviation).toBeLessThan(1e-12);
      expect(n).toBe(4);
    }
  });

  it('of a product are the other factor: the mean of 0, ⅓, ⅔, 1', () => {
    const n = 2000;
    const [effect] = apply((x) => x[0]! * x[1]!, n, 2);
    const deviation = Math.sqrt(5 / 36);
    expect(Math.abs(effect!.mean - 0.5) / (deviation / Math.sqrt(n))).toBeLessThan(4.5);
    // Var of s² for n samples: (κ − 1 + 2/n)/n · σ⁴ with κ = 1.64 of four equally likely values.
    expect(Math.abs(effect!.deviation ** 2 / (5 / 36) - 1) / Math.sqrt(0.64 / n)).toBeLessThan(4.5);
  });

  it('whose sign changes cancel in the mean and not in the magnitude', () => {
    const [effect] = apply((x) => (x[0]! - 0.5) * (x[1]! - 0.5), 1000, 2);
    // The other factor is ±1/6 or ±1/2.
    expect(Math.abs(effect!.mean) / (Math.sqrt(5 / 36) / Math.sqrt(1000))).toBeLessThan(4.5);
    expect(Math.abs(effect!.magnitude - 1 / 3) / (1 / 6 / Math.sqrt(1000))).toBeLessThan(4.5);
  });

  it('leaves out a step that a missing point makes of two', () => {
    const [first, , ...rest] = morrisTrajectories(1, 1, 3, 4).map((p) => ({ ...p, value: 1 }));
    const effects = elementaryEffects([first!, ...rest], 3);
    expect(effects.reduce((sum, e) => sum + e.effects, 0)).toBe(1);
  });
});

describe('mainEffects', () => {
  it('share the variance of an additive function among themselves', () => {
    const axes = { 'stack.device.nu': [0, 1, 2], 'trainer.epochs': [1, 2] };
    const { plan, points } = study({ axes, seeds: 2 }, (v) => 0.5 + 0.1 * v['stack.device.nu']! + 0.02 * v['trainer.epochs']!); // prettier-ignore
    const [nu, epochs] = mainEffects(plan, points);
    expect(nu).toMatchObject({ axis: 'stack.device.nu', best: 2, worst: 0, error: 0 });
    expect(nu!.range).toBeCloseTo(0.2, 12);
    expect(epochs!.range).toBeCloseTo(0.02, 12);
    // Variances: .01 · ⅔ and .0004 · ¼.
    expect(nu!.share).toBeCloseTo(0.02 / 3 / (0.02 / 3 + 0.0001), 10);
    expect(nu!.share + epochs!.share).toBeCloseTo(1, 12);
  });

  it('one at a time, compare an axis with the others at their baseline', () => {
    const axes = { 'stack.device.nu': [0.1, 1], 'trainer.epochs': [1, 2] };
    const { plan, points } = study({ axes, design: 'one-at-a-time', seeds: 1 }, (v) => v['stack.device.nu']! / 10 + v['trainer.epochs']! / 20); // prettier-ignore
    expect(mainEffects(plan, points).map((e) => Number(e.range.toFixed(12)))).toEqual([0.09, 0.05]);
  });

  it('have the standard error of the spread over seeds', () => {
    const { plan, points } = study({ axes: { 'stack.device.nu': [0, 1] }, seeds: 3 }, (v, seed) => 0.5 + 0.01 * seed + 0 * v['stack.device.nu']!); // prettier-ignore
    // Standard deviation .01 at each value, so .01·√(2/3) of the difference.
    expect(mainEffects(plan, points)[0]!.error).toBeCloseTo(0.01 * Math.sqrt(2 / 3), 12);
  });
});

describe('paretoFront', () => {
  it('has what nothing beats, by rising cost', () => {
    const all = [[3, 0.9], [1, 0.5], [2, 0.4], [2, 0.7], [4, 0.9], [1, 0.3]].map(([cost, gain]) => ({ cost: cost!, gain: gain! })); // prettier-ignore
    expect(paretoFront(all).map((p) => [p.cost, p.gain])).toEqual([[1, 0.5], [2, 0.7], [3, 0.9]]); // prettier-ignore
  });
});

describe('costsOfParts', () => {
  it('are what a part takes alone, and what comes back without it', () => {
    const parts = {
      wire: { operations: ['forward', 'backward'] as ('forward' | 'backward')[], off: { 'trainer.wire': 0 } },
      noise: { operations: ['update'] as 'update'[], off: { 'trainer.noise': 0 } },
    };
    // Costs in all: wire .1, noise .02, both together .15; half of the wire's in forward, none of it in backward.
    const { points } = study({ design: { kind: 'attribution', parts }, seeds: 2 }, (v, seed) => {
      const on = (operation: string): number => (v[`operations.${operation}`] === undefined ? 1 : 0);
      const wire = v['trainer.wire'] === 0 ? 0 : (on('forward') + on('backward')) / 2;
      const noise = v['trainer.noise'] === 0 ? 0 : on('update');
      return 0.9 + seed / 100 - 0.1 * wire - 0.02 * noise - 0.03 * wire * noise;
    });
    const { parts: costs, contexts } = costsOfParts(points);
    const rounded = costs.map((c) => [c.context, c.part, c.alone.mean, c.inCompany.mean].map((x) => typeof x === 'number' ? Number(x.toFixed(10)) : x)); // prettier-ignore
    expect(rounded).toEqual([
      ['all', 'wire', 0.1, 0.13],
      ['all', 'noise', 0.02, 0.05],
      ['forward', 'wire', 0.05, 0.05],
      ['backward', 'wire', 0.05, 0.05],
      ['update', 'noise', 0.02, 0.02],
    ]);
    // Without forward: .05 of wire, .02 of noise, .015 of both remain of .15.
    expect(contexts.map((c) => [c.context, Number(c.alone.mean.toFixed(10)), c.inCompany && Number(c.inCompany.mean.toFixed(10))])).toEqual([
      ['all', 0.15, undefined],
      ['forward', 0.05, 0.065],
      ['backward', 0.05, 0.065],
      ['update', 0.02, 0.05],
    ]); // prettier-ignore
    // The same seeds on both sides, so their spread is not in the difference.
    for (const { alone } of costs) expect(alone.error).toBeLessThan(1e-12);
  });
});
