import { simulate, type RunSummary } from '@txsim/trainers';
import { expect, test } from 'vitest';
import { laboratory, labStack } from '../support/laboratory.js';

const run = (countPulses: boolean, dw: number): Promise<RunSummary> =>
  simulate(
    labStack(
      {
        device: { use: 'device-models/soft-bounds', dw, cycleToCycle: 0.3 },
        updateRule: { use: 'trainers/pulsed-sgd' },
        countPulses,
      },
      { trainer: { use: 'trainers/sgd', learningRate: 0.05, epochs: 1 } },
    ),
    { registry: laboratory(), twin: false },
  );

test('a run tells how many devices are at the ends of their windows, and their pulses where it counts', async () => {
  const [counted, plain] = [await run(true, 0.01), await run(false, 0.01)];
  expect(counted.loss).toBe(plain.loss);
  expect(plain.devices.map(({ name, pulses }) => [name, pulses])).toEqual(
    counted.devices.map(({ name }) => [name, undefined]),
  );
  for (const { saturation, pulses } of counted.devices) {
    // A one-sided pair leaves one device of each weight at gMin.
    expect(saturation.gMin).toBeGreaterThan(0.3);
    expect(pulses!.total).toBeGreaterThan(0);
    expect(pulses!.mean).toBeLessThanOrEqual(pulses!.largest);
    // Soft bounds step twice as far at the far end of the window as in its middle.
    expect(pulses!.efficiency).toBeGreaterThan(0);
    expect(pulses!.efficiency).toBeLessThan(2);
  }
});

test('steps of half the size take twice the pulses', async () => {
  const total = async (dw: number): Promise<number> =>
    (await run(true, dw)).devices.reduce((sum, { pulses }) => sum + pulses!.total, 0);
  const ratio = (await total(0.002)) / (await total(0.004));
  expect(ratio).toBeGreaterThan(1.8);
  expect(ratio).toBeLessThan(2.2);
});
