import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { finishedIn, killed, logOf, resultsOf } from '../cli/support/sweep.js';
import { temporaryFolder, txsim } from '../cli/support/txsim.js';

/** 24 points of three seeds on 2,000 digits of 8×8 pixels: 72 runs. */
const STUDY = {
  base: {
    plugins: ['datasets', 'device-variation', 'write-noise', 'read-noise', 'wire-resistance'],
    backend: 'wasm',
    dataset: { use: 'datasets/digits', trainSize: 2000, testSize: 500 },
    network: { use: 'mlp', units: [32] },
    stack: {
      device: { use: 'device-models/asymmetric-nonlinear', nu: 0.1 },
      mapping: { use: 'mapping/differential-pair' },
      dac: { use: 'circuit-models/uniform-dac', bits: 8 },
      adc: { use: 'circuit-models/uniform-adc', bits: 8 },
      wire: { use: 'wire-resistance', row: 2.5, column: 2.5 },
      nonIdealities: [
        { use: 'device-variation', sigma: 0.05 },
        { use: 'write-noise', gamma: 3 },
        { use: 'read-noise', sigma: 0.01 },
      ],
    },
    trainer: { use: 'trainers/sgd', learningRate: 0.1, batchSize: 16, epochs: 2 },
  },
  axes: {
    'stack.device.nu': [0.01, 0.1, 1, 5],
    'stack.nonIdealities.write-noise.gamma': [1, 3, 10],
    'stack.adc.bits': [4, 8],
  },
  seeds: 3,
};

it('24 points of 3 seeds, killed at three random moments and resumed, give the results of an undisturbed sweep', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'study.json'), JSON.stringify(STUDY));
  const sweep = (out: string): string[] => ['sweep', 'study.json', '--out', out, '--workers', '2', '--json'];
  const whole = await txsim(folder, ...sweep('whole'));
  expect(whole.code, whole.stderr).toBe(0);
  const { seconds, runs } = JSON.parse(whole.stdout) as { seconds: number; runs: number };
  expect(runs).toBe(72);
  console.log(`24 points, 3 seeds, 2 processes: ${seconds.toFixed(0)} s`);

  const moments = [];
  for (let i = 0; i < 3; i++) {
    const moment = { more: 1 + Math.floor(18 * Math.random()), after: Math.floor(2000 * Math.random()) };
    moments.push(moment);
    await killed(folder, sweep('killed'), join(folder, 'killed'), moment.more, moment.after);
  }
  console.log(
    `killed: ${moments.map(({ more, after }) => `after ${more} more runs and ${after} ms`).join(', ')}`,
  );
  const before = await finishedIn(join(folder, 'killed'));
  const starts = async (): Promise<string[]> =>
    (await logOf(join(folder, 'killed'))).flatMap(({ event, id }) =>
      event === 'start' && before.includes(id) ? [id] : [],
    );
  const started = await starts();
  expect(before.length).toBeLessThan(72);
  const last = await txsim(folder, ...sweep('killed'));
  expect(last.code, last.stderr).toBe(0);
  expect(await resultsOf(join(folder, 'killed'))).toEqual(await resultsOf(join(folder, 'whole')));
  // Nothing that was finished is begun again.
  expect(await starts()).toEqual(started);
});
