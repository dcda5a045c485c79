import type { SimulationEvents, StackInput } from '@txsim/core';
import { effectiveMatrix } from '@txsim/circuit-models';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import jsonLines from '@txsim/plugin-report-json-lines';
import { simulate, type RunSummary, type SimulateOptions } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { gaussian, labMatrix, laboratory, labStack } from '../support/laboratory.js';

beforeAll(activateWasm);

type Probe = SimulationEvents['wires'];

/** Cells of 1 to 10 kΩ on wires of 5 Ω: ρ_b is about 0.2 in tiles of 16. */
const device = { use: 'device-models/ideal', gMin: 1e-4, gMax: 1e-3 };
const mapping = { use: 'mapping', rows: 16, columns: 16 };
const wires = { use: 'wire-resistance', row: 5, column: 5, source: 100, sink: 50 };

const stackOf = (wire: object, speedup?: object) =>
  labStack(
    { device, mapping, wire: { ...wires, ...wire }, ...(speedup && { speedup }) } as Partial<
      StackInput['stack']
    >,
    { backend: 'wasm', trainer: { use: 'trainers/sgd', batchSize: 10, epochs: 2 } },
  );

/** A run with the probes that it told of. */
async function run(stack: ReturnType<typeof stackOf>, options: Partial<SimulateOptions> = {}) {
  const lines: string[] = [];
  const folder = {
    write: async (_: string, content: string) =>
      void lines.push(...content.split('\n').filter((l) => l !== '')),
    append: (_: string, line: string) => void lines.push(line),
  };
  const reporters = [{ use: 'report-json-lines/json-lines' }];
  const summary: RunSummary = await simulate({ ...stack, reporters } as typeof stack, { registry: laboratory(jsonLines), folder, ...options }); // prettier-ignore
  const facts = lines.map((line) => JSON.parse(line) as Probe & { type: string });
  return { summary, lines, probes: facts.filter(({ type }) => type === 'wires') };
}

describe('a probe', () => {
  test('measures the differential error of the outputs, |ΔI|/|I|, against the float64 solver', async () => {
    const weights = gaussian([16, 16]);
    const matrix = await labMatrix(weights, { device, mapping, wire: { ...wires, method: 'ladder' } } as Partial<StackInput['stack']>); // prettier-ignore
    const x = tf.abs(gaussian([4, 16], 2)) as tf.Tensor2D;
    const report = (await matrix.probe(x))!;
    const currents = (planes: readonly number[][][]): number[] => {
      const [plus, minus] = planes as [number[][], number[][]];
      return x.arraySync().flatMap((v) => plus[0]!.map((_, j) => v.reduce((s, u, i) => s + u * (plus[i]![j]! - minus[i]![j]!), 0))); // prettier-ignore
    };
    const arrays = matrix.conducting().map((g) => g.squeeze<tf.Tensor2D>([0, 1]).arraySync());
    const exact = currents(arrays.map((g) => effectiveMatrix(g, wires).conductances));
    const used = currents(matrix.effective().map((g) => g.squeeze<tf.Tensor2D>([0, 1]).arraySync()));
    const expected = Math.hypot(...used.map((I, k) => I - exact[k]!)) / Math.hypot(...exact);
    expect(Math.abs(report.error / expected - 1)).toBeLessThan(0.02);
    const rho = Math.max(...arrays.map((g) => effectiveMatrix(g, wires, 'ladder').severity));
    expect(Math.abs(report.severity / rho - 1)).toBeLessThan(1e-4);
    expect(report).toMatchObject({ method: 'ladder', vectors: 4, tolerance: 0.01, rejected: [] });
  });

  test.each<[string, { backward?: { source: number; sink: number } }]>([
    ['of the same network', {}],
    ['of another one', { backward: { source: 20, sink: 400 } }],
  ])('measures backward as well, %s', async (_, backward) => {
    const [inputs, outputs] = [16, 12];
    const weights = gaussian([inputs, outputs]);
    const matrix = await labMatrix(weights, { device, mapping, wire: { ...wires, method: 'ladder', ...backward } } as Partial<StackInput['stack']>); // prettier-ignore
    const [x, d] = [gaussian([4, inputs], 2), gaussian([4, outputs], 3)];
    const report = (await matrix.probe(x, d))!;
    const network = { ...wires, ...backward.backward };
    const rowsOf = (g: tf.Tensor4D): number[][] => g.squeeze<tf.Tensor2D>([0, 1]).arraySync();
    const currents = (planes: readonly number[][][]): number[] => {
      const [plus, minus] = planes as [number[][], number[][]];
      return d.arraySync().flatMap((v) => plus.map((row, i) => v.reduce((s, u, j) => s + u * (row[j]! - minus[i]![j]!), 0))); // prettier-ignore
    };
    const exact = currents(matrix.conducting().map((g) => effectiveMatrix(rowsOf(g), network).conductances));
    const used = currents(matrix.conducting().map((g) => effectiveMatrix(rowsOf(g), network, 'ladder').conductances)); // prettier-ignore
    const expected = Math.hypot(...used.map((I, k) => I - exact[k]!)) / Math.hypot(...exact);
    expect(Math.abs(report.errors.backward! / expected - 1)).toBeLessThan(0.02);
    expect(report.error).toBe(Math.max(report.errors.forward, report.errors.backward!));
  });

  test('of exact finds nothing but rounding', async () => {
    const matrix = await labMatrix(gaussian([40, 20]), { device, mapping, wire: { ...wires, method: 'exact' } } as Partial<StackInput['stack']>); // prettier-ignore
    expect((await matrix.probe(gaussian([5, 40], 3)))!.error).toBeLessThan(1e-4);
  });

  test('leaves no tensors behind', async () => {
    const matrix = await labMatrix(gaussian([40, 20]), { device, mapping, wire: { ...wires, tolerance: 1e-5 } } as Partial<StackInput['stack']>); // prettier-ignore
    const x = gaussian([5, 40], 3);
    await matrix.probe(x);
    const before = tf.memory().numTensors;
    await matrix.probe(x);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('auto', () => {
  test('stays with ladder where its error is accepted', async () => {
    const { probes } = await run(stackOf({ tolerance: 0.5, probe: { every: 4 } }));
    expect(probes.length).toBe(2 * 8);
    expect(new Set(probes.map(({ method }) => method))).toEqual(new Set(['ladder']));
  });

  test('goes on until the error is accepted, and says what it gave up', async () => {
    const { probes } = await run(stackOf({ tolerance: 1e-3, probe: { every: 4 } }));
    for (const { error, tolerance } of probes) expect(error).toBeLessThanOrEqual(tolerance);
    const [first] = probes;
    expect(first!.rejected.map(({ method }) => method)).toEqual(['ladder', 'ladder2']);
    for (const { error } of first!.rejected) expect(error).toBeGreaterThan(1e-3);
  });

  test('ends with exact', async () => {
    const { probes } = await run(stackOf({ tolerance: 1e-4, probe: { every: 2 } }));
    expect(probes.at(-1)!.method).toBe('exact');
    expect(probes.at(-1)!.error).toBeLessThan(1e-4);
  });

  test.each([5, 9, 20])(
    'resumed after step %i, a run goes on to the same numbers and probes',
    async (stopAt) => {
      const stack = stackOf({ tolerance: 1e-3, probe: { every: 4 } });
      const whole = await run(stack);
      const stop = new AbortController();
      let checkpoint: Uint8Array | undefined;
      await run(stack, {
        checkpointEvery: stopAt,
        signal: stop.signal,
        save: async (bytes) => {
          checkpoint = bytes;
          stop.abort();
        },
      });
      const resumed = await run(stack, { resume: checkpoint! });
      expect(resumed.summary.epochs).toEqual(whole.summary.epochs);
      expect(resumed.probes).toEqual(whole.probes);
    },
  );
});

describe('timing', () => {
  test('anchored, resumed, goes on to the same numbers', async () => {
    const stack = stackOf({ method: 'ladder', tolerance: 1 }, { use: 'speedup/anchored', every: 6 });
    const whole = await run(stack);
    const stop = new AbortController();
    let checkpoint: Uint8Array | undefined;
    await run(stack, {
      checkpointEvery: 7,
      signal: stop.signal,
      save: async (bytes) => {
        checkpoint = bytes;
        stop.abort();
      },
    });
    expect((await run(stack, { resume: checkpoint! })).summary.epochs).toEqual(whole.summary.epochs);
  });

  test('anchors lessen the error of the method at every probe but those of nothing', async () => {
    const probe = { every: 5 };
    const plain = await run(stackOf({ method: 'ladder', tolerance: 1, probe }));
    const anchored = await run(
      stackOf({ method: 'ladder', tolerance: 1, probe }, { use: 'speedup/anchored', every: 10 }),
    );
    const worst = ({ probes }: { probes: Probe[] }) => Math.max(...probes.map(({ error }) => error));
    expect(worst(anchored)).toBeLessThan(worst(plain) / 3);
  });
});

describe('warnings', () => {
  test('a fixed method beyond its tolerance warns once per matrix', async () => {
    const { summary } = await run(stackOf({ method: 'ladder', tolerance: 1e-4, probe: { every: 4 } }));
    const warned = summary.warnings.filter((w) => w.includes('the wire method ladder'));
    expect(warned).toHaveLength(2);
  });

  test('where most of the current is lost, each matrix is warned of once', async () => {
    const { summary, probes } = await run(
      stackOf({ row: 300, column: 300, method: 'exact', probe: { every: 4 } }),
    );
    const lost = new Set(probes.filter(({ severity }) => severity > 0.6).map(({ matrix }) => matrix));
    expect(lost.size).toBeGreaterThan(0);
    expect(summary.warnings.filter((w) => w.includes('most of the current'))).toHaveLength(lost.size);
  });
});
