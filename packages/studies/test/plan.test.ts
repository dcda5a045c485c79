import { describe, expect, it } from 'vitest';
import { planStudy, stackOf } from '../src/plan.js';
import { parseStudy, type StudyInput } from '../src/study.js';
import { STACK } from './stack.js';

const plan = (study: StudyInput) => planStudy(parseStudy(study), STACK);
const valuesOf = (study: StudyInput) => plan(study).points.map(({ values }) => Object.values(values));

describe('designs', () => {
  it('a grid has all combinations, the last axis running fastest', () => {
    const axes = { 'stack.device.nu': [0.1, 1], 'trainer.epochs': [1, 2, 3] };
    expect(valuesOf({ axes })).toEqual([[0.1, 1], [0.1, 2], [0.1, 3], [1, 1], [1, 2], [1, 3]]); // prettier-ignore
  });

  it('one at a time begins with the values of the stack', () => {
    const axes = { 'stack.device.nu': [0.01, 0.1, 1], $lines: { values: [16, 64], baseline: 64 } };
    expect(plan({ axes, design: 'one-at-a-time' }).points.map(({ label }) => label)).toEqual(['base', 'nu 0.01', 'nu 1', 'lines 16']); // prettier-ignore
    expect(valuesOf({ axes, design: 'one-at-a-time' })).toEqual([[0.1, 64], [0.01, 64], [1, 64], [0.1, 16]]); // prettier-ignore
  });

  it('a range is cut linearly or in equal ratios, ends exactly as written', () => {
    const log = { from: 1e-6, to: 1e-4, steps: 3, scale: 'log' } as const;
    expect(valuesOf({ axes: { 'stack.device.gMax': log } })).toEqual([[1e-6], [1e-5], [1e-4]]);
    const whole = { from: 1, to: 4, steps: 7, whole: true };
    expect(valuesOf({ axes: { 'trainer.epochs': whole } })).toEqual([[1], [2], [3], [4]]);
  });

  it('a Latin hypercube has one point in each part of each axis', () => {
    const axes = { $a: { from: 0, to: 1 }, $b: { from: 0, to: 1 } };
    const points = valuesOf({ axes, design: { kind: 'latin-hypercube', points: 50 } }) as number[][];
    for (const axis of [0, 1]) {
      const parts = points.map((point) => Math.floor(50 * point[axis]!)).sort((a, b) => a - b);
      expect(parts).toEqual(Array.from({ length: 50 }, (_, i) => i));
    }
    // The axes are shuffled by themselves: ρ of 50 independent ranks has a standard deviation of 1/7.
    const mean = (f: (p: number[]) => number) => points.reduce((sum, p) => sum + f(p), 0) / 50;
    const correlation = (mean((p) => p[0]! * p[1]!) - mean((p) => p[0]!) * mean((p) => p[1]!)) * 12;
    expect(Math.abs(correlation) * 7).toBeLessThan(4.5);
  });

  it('random points are uniform, and others for another seed', () => {
    const study = { axes: { $a: { from: 0, to: 1 } }, design: { kind: 'random', points: 1000 } } as const;
    const values = valuesOf(study).flat() as number[];
    const mean = values.reduce((a, b) => a + b, 0) / 1000;
    expect(Math.abs(mean - 0.5) / Math.sqrt(1 / 12 / 1000)).toBeLessThan(4.5);
    expect(valuesOf({ ...study, designSeed: 2 }).flat()).not.toEqual(values);
    expect(valuesOf(study).flat()).toEqual(values);
  });

  it('each step of a Morris trajectory moves one axis by Δ, each axis once', () => {
    const axes = { $a: { from: 0, to: 1 }, $b: { from: 0, to: 1 }, $c: { from: 0, to: 1 } };
    const { points } = plan({ axes, design: { kind: 'morris', trajectories: 10 } });
    expect(points).toHaveLength(40);
    for (let t = 0; t < 10; t++) {
      const places = points.filter((p) => p.trajectory === t).map((p) => p.place!);
      const moved = places.slice(1).map((place, i) => {
        const changes = place.map((u, axis) => Math.abs(u - places[i]![axis]!));
        expect(Math.max(...changes)).toBeCloseTo(2 / 3, 12);
        expect(changes.filter((c) => c > 0)).toHaveLength(1);
        return changes.findIndex((c) => c > 0);
      });
      expect(moved.sort()).toEqual([0, 1, 2]);
      expect(Math.min(...places.flat())).toBeGreaterThanOrEqual(0);
      expect(Math.max(...places.flat())).toBeLessThanOrEqual(1);
    }
  });
});

describe('planStudy', () => {
  it('derives values in order, and leaves out points where a condition is false', () => {
    const { points, left } = plan({
      axes: { $lines: [16, 32, 64], 'stack.device.nu': [0.1, 1] },
      derive: { $half: '$lines / 2', 'stack.mapping.rows': '$lines', 'stack.mapping.columns': '$half' },
      where: ['{stack.device.nu} * {stack.mapping.rows} < 64', "{network.use} == 'mlp'"],
    });
    expect(left).toBe(1);
    const { rows, columns } = stackOf(STACK, points[2]!).stack.mapping;
    expect([rows, columns]).toEqual([32, 16]);
    expect(points.map((p) => Object.values(p.values))).not.toContainEqual([64, 1]);
  });

  it('sets elements by what they use, and the base is not changed', () => {
    const { points } = plan({
      set: { 'trainer.epochs': 2 },
      axes: { 'stack.nonIdealities.write-noise.gamma': [7] },
    });
    const stack = stackOf(STACK, points[0]!);
    expect(stack.stack.nonIdealities[0]).toMatchObject({ gamma: 7 });
    expect(stack.trainer['epochs']).toBe(2);
    expect(STACK.stack.nonIdealities[0]).toMatchObject({ gamma: 3 });
  });

  it('trains the digital reference once for each data set, network, trainer and seed', () => {
    const { runs } = plan({ axes: { 'stack.device.nu': [0.1, 1], 'trainer.epochs': [1, 2] }, seeds: [1, 4] });
    expect(runs.map(({ id }) => id)).toEqual(['1-seed-1', '1-seed-4', '2-seed-1', '2-seed-4', '3-seed-1', '3-seed-4', '4-seed-1', '4-seed-4']); // prettier-ignore
    expect(runs.filter(({ twin }) => twin).map(({ id }) => id)).toEqual(['1-seed-1', '1-seed-4', '2-seed-1', '2-seed-4']); // prettier-ignore
    expect(new Set(runs.map((r) => r.digitalKey)).size).toBe(4);
  });

  it('computes costs of each point', () => {
    const { points } = plan({ axes: { $bits: [2, 3] }, costs: { 'ADC energy': '2 ^ $bits' } });
    expect(points.map((p) => p.costs)).toEqual([{ 'ADC energy': 4 }, { 'ADC energy': 8 }]);
  });

  it.each<[StudyInput, string]>([
    [{ axes: {} }, 'expected at least one'],
    [{ axes: { 'stack.device.nu': { from: 1, to: 2 } } }, 'needs to know how many "steps"'],
    [{ axes: { $a: { from: 0, to: 2, scale: 'log', steps: 3 } } }, 'above 0'],
    [{ axes: { $a: [1] }, where: ['$b > 1'] }, '$b'],
    [{ axes: { $a: [1] }, where: ['{stack.device.mu} > 1'] }, 'the stack has no value here'],
    [{ axes: { $a: [0] }, derive: { 'trainer.epochs': '1 / $a' } }, 'its formula gives Infinity'],
    [{ axes: { $a: [1] }, where: ['$a > 1'] }, 'leaves no point'],
    [{ axes: { 'stack.nonIdealities.writ-noise.gamma': [1] } }, 'Did you mean "write-noise"?'],
    [{ axes: { 'trainer.epochs.more': [1] } }, 'trainer.epochs is 1 and has no keys'],
  ])('refuses %j', (study, message) => {
    expect(() => plan(study)).toThrow(message);
  });
});

describe('parseStudy', () => {
  it('names unknown keys, and suggests known ones', () => {
    expect(() => parseStudy({ axs: {} }, 's.jsonc')).toThrow('STUDY_INVALID [s.jsonc] axs: unknown key. Did you mean "axes"?'); // prettier-ignore
  });

  it('says what an axis and a design may be', () => {
    expect(() => parseStudy({ axes: { 'a.b': 3 } })).toThrow('axes.a.b: expected a list of values');
    expect(() => parseStudy({ design: 'gird' })).toThrow('design: expected "grid", "one-at-a-time"');
  });
});
