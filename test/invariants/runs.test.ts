import type { Stack, StackInput } from '@txsim/core';
import { simulate, type RunSummary, type SimulateOptions } from '@txsim/trainers';
import { beforeAll, describe, expect, test } from 'vitest';
import { laboratory, labStack } from '../support/laboratory.js';

const ALL: StackInput['stack'] = {
  device: { use: 'device-models/asymmetric-nonlinear', nu: 1 },
  mapping: { use: 'mapping', rows: 8, columns: 8 },
  dac: { use: 'circuit-models/uniform-dac', bits: 6 },
  adc: { use: 'circuit-models/uniform-adc', bits: 6, range: { calibrate: 0.999, every: 7 } },
  driver: { use: 'circuit-models/noisy-driver' },
  sense: { use: 'circuit-models/s-shape-sense' },
  wire: { use: 'wire-resistance', row: 20, column: 20 },
  speedup: { use: 'speedup/interpolated', every: 4 },
  nonIdealities: [
    { use: 'device-variation' },
    { use: 'write-noise' },
    { use: 'limited-levels', levels: 128 },
    { use: 'read-noise', definition: 'proportional' },
  ],
};

const stackOf = (
  change: (arrays: Record<string, unknown>) => void = () => undefined,
  rest: Partial<StackInput> = {},
): Stack => {
  const arrays = structuredClone(ALL) as unknown as Record<string, unknown>;
  change(arrays);
  const trainer = { use: 'trainers/sgd', batchSize: 10, epochs: 2 };
  return labStack(arrays as unknown as Partial<StackInput['stack']>, { backend: 'wasm', trainer, ...rest });
};

const run = (stack: Stack, options: Partial<SimulateOptions> = {}): Promise<RunSummary> =>
  simulate(stack, { registry: laboratory(), ...options });

/** All that a run's numbers depend on, and nothing of the machine. */
const numbers = (summary: RunSummary) => summary.epochs;

describe('reproducibility', () => {
  test('the same seed gives the same run to the bit, another seed another run', async () => {
    const [a, b] = [await run(stackOf()), await run(stackOf())];
    expect(numbers(b)).toEqual(numbers(a));
    expect(a.epochs).toHaveLength(2);
    expect(numbers(await run(stackOf(undefined, { seed: 2 })))).not.toEqual(numbers(a));
  });

  test('a run without twin learns the same', async () => {
    const [withTwin, alone] = [await run(stackOf()), await run(stackOf(), { twin: false })];
    expect(alone.epochs.map((e) => e.testLoss)).toEqual(withTwin.epochs.map((e) => e.testLoss));
    expect(alone.digitalAccuracy).toBeUndefined();
  });

  test.each([1, 9, 16, 20])(
    'interrupted after step %i and resumed, it ends in the same numbers',
    async (stopAt) => {
      const whole = await run(stackOf());
      const stop = new AbortController();
      let checkpoint: Uint8Array | undefined;
      const interrupted = await run(stackOf(), {
        checkpointEvery: stopAt,
        signal: stop.signal,
        save: async (bytes) => {
          checkpoint = bytes;
          stop.abort();
        },
      });
      expect(interrupted.interrupted).toBe(true);
      const resumed = await run(stackOf(), { resume: checkpoint });
      expect(resumed.interrupted).toBe(false);
      expect(numbers(resumed)).toEqual(numbers(whole));
    },
  );
});

describe('every switch changes the result', () => {
  let baseline: RunSummary;
  beforeAll(async () => {
    baseline = await run(stackOf(), { twin: false });
  });
  const off = (part: string) => (arrays: Record<string, unknown>) => {
    (arrays[part] as { enabled: boolean }).enabled = false;
  };
  const parts = ['dac', 'adc', 'driver', 'sense', 'wire', 'speedup'];
  const cases: [string, Stack][] = [
    ...parts.map((part): [string, Stack] => [`${part} off`, stackOf(off(part))]),
    ...ALL.nonIdealities!.map(({ use }, i): [string, Stack] => [
      `${use} off`,
      stackOf((arrays) => void ((arrays['nonIdealities'] as { enabled: boolean }[])[i]!.enabled = false)),
    ]),
    ...(['forward', 'backward', 'update'] as const).map((operation): [string, Stack] => [
      `${operation} digital`,
      stackOf(undefined, { operations: { [operation]: 'digital' } }),
    ]),
    ['ideal device', stackOf((arrays) => void (arrays['device'] = { use: 'device-models/ideal' }))],
    ['other order of effects', stackOf((arrays) => void (arrays['nonIdealities'] as unknown[]).reverse())],
  ];

  test.each(cases)('%s', async (_, stack) => {
    const { epochs } = await run(stack, { twin: false });
    expect(epochs.map((e) => e.testLoss)).not.toEqual(baseline.epochs.map((e) => e.testLoss));
  });
});
