import { conductanceRange, type ConductanceWindow, type Contribution, type Mapping } from '@txsim/core';
import { input } from '@txsim/ops';
import { expect } from 'vitest';
import { nominal, pairs, spaced, uniformNumbers, valuesOf } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

/** What `describeMapping` is told of a mapping. */
export interface MappingOptions extends Options {
  /** The largest array, where the mapping has one. */
  readonly limits?: { readonly rows: number; readonly columns: number };
}

const WINDOWS: readonly ConductanceWindow[] = [
  { gMin: 1e-6, gMax: 1e-5 },
  { gMin: 2, gMax: 10 },
];
const SHAPES: readonly (readonly [number, number])[] = [[1, 1], [3, 2], [17, 5], [64, 64], [65, 129], [200, 33], [1000, 7]]; // prettier-ignore
/** Weights w/wMax that conductances stand for exactly in these windows, up to float32. */
const FRACTIONS = spaced(-1, 1, 17);
const STATES = 500;

/** Rounding of float32 conductances, in units of the range. */
const rounding = (w: ConductanceWindow): number => (16 * 2 ** -24 * w.gMax) / conductanceRange(w);

/** What holds for every mapping: weights survive the way to conductances and back, and requests arrive. */
export function describeMapping(contribution: Contribution<Mapping>, options: MappingOptions = {}): void {
  const mapping = make(contribution, options);
  const planes = Array.from({ length: mapping.planes }, (_, p) => p);
  const name = (p: number): string => `plane${p}`;

  const encode = (u: readonly number[], window: ConductanceWindow): Promise<number[][]> =>
    Promise.all(planes.map((p) => valuesOf(nominal(mapping.encode(p, input('u'), window), {}), { u })));
  const decode = (g: readonly number[][], window: ConductanceWindow): number[] =>
    g[0]!.map((_, i) =>
      mapping.readouts.reduce((sum, { planes: weights, significance }) => {
        const current = weights.reduce((total, weight, p) => total + weight * g[p]![i]!, 0);
        return sum + (significance * current) / conductanceRange(window);
      }, 0),
    );
  /** Planes after an ideal device has done what was asked of it, not clipped. */
  const asked = async (
    g: readonly number[][],
    change: readonly number[],
    window: ConductanceWindow,
  ): Promise<number[][]> => {
    const vectors = { change, ...Object.fromEntries(planes.map((p) => [name(p), g[p]!])) };
    const inputs = planes.map((p) => input(name(p)));
    const requests = planes.map((p) => nominal(mapping.request(p, input('change'), inputs, window), {}));
    const wanted = await Promise.all(requests.map((e) => valuesOf(e, vectors)));
    return g.map((plane, p) => plane.map((x, i) => x + wanted[p]![i]!));
  };
  const decodeOne = (g: readonly number[][], i: number, window: ConductanceWindow): number =>
    decode(
      g.map((plane) => [plane[i]!]),
      window,
    )[0]!;
  /** Planes after ideal devices took the pulses of one pulse of the weight. */
  const pulsed = async (
    g: readonly number[][],
    up: number,
    window: ConductanceWindow,
    step: number,
  ): Promise<number[][]> => {
    const vectors = { up: g[0]!.map(() => up), ...Object.fromEntries(planes.map((p) => [name(p), g[p]!])) };
    const inputs = planes.map((p) => input(name(p)));
    const next = g.map((plane) => [...plane]);
    for (const { plane, up: rises } of mapping.pulses!(input('up'), inputs, window, step)) {
      const goal = typeof plane === 'number' ? g[0]!.map(() => plane) : await valuesOf(plane, vectors);
      (await valuesOf(rises, vectors)).forEach((r, i) => (next[goal[i]!]![i]! += r === 1 ? step : -step));
    }
    return next;
  };
  const near = (found: readonly number[], wanted: readonly number[], window: ConductanceWindow): void =>
    found.forEach((x, i) => expect(Math.abs(x - wanted[i]!)).toBeLessThanOrEqual(rounding(window)));
  const inside = (g: readonly number[][], window: ConductanceWindow): void => {
    const slack = rounding(window) * conductanceRange(window);
    for (const x of g.flat()) {
      expect(x).toBeGreaterThanOrEqual(window.gMin - slack);
      expect(x).toBeLessThanOrEqual(window.gMax + slack);
    }
  };
  const everyWindow = async (check: (window: ConductanceWindow) => Promise<void>): Promise<void> => {
    for (const window of WINDOWS) await check(window);
  };
  const representable = pairs(FRACTIONS, FRACTIONS.map((c) => 2 * c)).filter(([u, c]) => Math.abs(u + c) <= 1); // prettier-ignore

  /** Planes anywhere in the window, and changes after which the weight is still one that the window can hold. */
  const anywhere = (window: ConductanceWindow): { g: number[][]; u: number[]; change: number[] } => {
    const g = planes.map((p) => uniformNumbers(STATES, window.gMin, window.gMax, 1 + p).map(Math.fround));
    const u = decode(g, window);
    const change = uniformNumbers(STATES, -1, 1, 99).map((goal, i) => Math.fround(goal - u[i]!));
    return { g, u, change };
  };

  describePromises(`mapping ${contribution.id}`, options, (promised) => {
    promised('a readout weighs every plane', () => {
      expect(mapping.readouts.length).toBeGreaterThan(0);
      for (const { planes: weights } of mapping.readouts) expect(weights).toHaveLength(mapping.planes);
    });
    promised('weights from −1 to 1 are in the window', () =>
      everyWindow(async (window) => inside(await encode(FRACTIONS, window), window)),
    );
    promised('decoding gives back what was encoded', () =>
      everyWindow(async (window) => near(decode(await encode(FRACTIONS, window), window), FRACTIONS, window)),
    );
    promised('ideal devices that are asked for a change of u stand for u + change, inside the window', () =>
      everyWindow(async (window) => {
        const next = await asked(await encode(representable.map(([u]) => u), window), representable.map(([, c]) => c), window); // prettier-ignore
        inside(next, window);
        near(decode(next, window), representable.map(([u, c]) => u + c), window); // prettier-ignore
      }),
    );
    promised('a change of 0 asks for nothing', () =>
      everyWindow(async (window) => {
        const { g } = anywhere(window);
        expect(await asked(g, g[0]!.map(() => 0), window)).toEqual(g); // prettier-ignore
      }),
    );
    promised('from any state, a change that the window can hold is made inside the window', () =>
      everyWindow(async (window) => {
        const { g, u, change } = anywhere(window);
        const next = await asked(g, change, window);
        inside(next, window);
        near(decode(next, window), u.map((x, i) => x + change[i]!), window); // prettier-ignore
      }),
    );
    promised('from any state, clipped to the window, a change never goes the other way', () =>
      everyWindow(async (window) => {
        const { g, u, change } = anywhere(window);
        const next = (await asked(g, change, window)).map((p) =>
          p.map((x) => Math.min(Math.max(x, window.gMin), window.gMax)),
        );
        decode(next, window).forEach((v, i) =>
          expect((v - u[i]!) * Math.sign(change[i]!)).toBeGreaterThanOrEqual(-rounding(window)),
        );
      }),
    );
    if (mapping.pulses) {
      promised(
        'a pulse changes the weight by one amount, that of a step of its first device, in its direction, where devices have room',
        () =>
          everyWindow(async (window) => {
            const range = conductanceRange(window);
            const step = range / 256;
            const room = { gMin: window.gMin + 2 * step, gMax: window.gMax - 2 * step };
            const { g, u } = anywhere(room);
            for (const up of [1, 0]) {
              const next = await pulsed(g, up, window, step);
              const changes = decode(next, window).map((v, i) => v - decodeOne(g, i, window));
              const given = mapping.pulses!(input('up'), planes.map((p) => input(name(p))), window, step).length; // prettier-ignore
              const perDevice = mapping.readouts.reduce((sum, r) => sum + r.significance * r.planes[0]!, 0);
              const amount = (given * Math.abs(perDevice) * step) / range;
              near(changes, u.map(() => (up === 1 ? amount : -amount)), window); // prettier-ignore
            }
          }),
      );
    }
    promised('weightRange is positive and finite, for a matrix of zeros too', () => {
      for (const largest of [0, 1e-3, 1, 50]) {
        expect(mapping.weightRange(largest)).toBeGreaterThan(0);
        expect(mapping.weightRange(largest)).toBeLessThan(Infinity);
      }
    });
    promised('the grid covers the matrix, and every tile is used', () => {
      for (const [inputs, outputs] of SHAPES) {
        const grid = mapping.grid(inputs, outputs);
        expect([grid.inputs, grid.outputs]).toEqual([inputs, outputs]);
        expectCover(inputs, grid.tileRows, grid.rows);
        expectCover(outputs, grid.tileColumns, grid.columns);
      }
    });
    const { limits } = options;
    if (limits) {
      promised(`no array is larger than ${limits.rows} × ${limits.columns}`, () => {
        for (const [inputs, outputs] of SHAPES) {
          const grid = mapping.grid(inputs, outputs);
          expect(grid.rows).toBeLessThanOrEqual(limits.rows);
          const bitLines = grid.columns * (mapping.adjacent ? mapping.planes : 1);
          expect(bitLines).toBeLessThanOrEqual(limits.columns);
        }
      });
    }
  });
}

function expectCover(lines: number, tiles: number, length: number): void {
  expect(tiles * length).toBeGreaterThanOrEqual(lines);
  expect((tiles - 1) * length).toBeLessThan(lines);
}
