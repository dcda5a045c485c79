import { activateWasm } from '@txsim/plugin-backend-wasm';
import { beforeAll, expect, test } from 'vitest';
import { trainAsNeurosim, type NeurosimDevice } from '../support/neurosim-training.js';
import { recordTraining } from '../support/validation.js';

/**
 * The benchmark table of MLP+NeuroSim 3.0 (manual, 2019, table II): test accuracies in %, of online learning with a million
 * images, 125 epochs of 8000, each a single run. What counts here is the mean of the last ten epochs and of three seeds: as
 * it learns one image after the other, an accuracy goes up and down by some percent. Those above 85 % must be within two
 * points; the others, to which a quarter of the images is shown, must come in the published order, behind those. The best
 * epoch of each run, which might be what was published, is shown beside. A cycle-to-cycle spread that is published as below
 * a limit is taken as half of it. Where it is known to miss, the test fails once it no longer does.
 */
const PUBLISHED: Readonly<Record<string, { percent: number; device?: NeurosimDevice; misses?: boolean }>> = {
  software: { percent: 96.5 },
  EpiRAM: { percent: 92, device: { use: 'device-models/epiram' } },
  'GST PCM': { percent: 89, device: { use: 'device-models/gst-pcm' } },
  // 32 levels: at this spread epochs of one run go from 76 to 88 %.
  'HZO FeFET': {
    percent: 88,
    device: { use: 'device-models/hzo-fefet', cycleToCycle: 0.0025 },
    misses: true,
  },
  'TaOx/HfOx': { percent: 80, device: { use: 'device-models/taox-hfox' } },
  'Ag:a-Si': { percent: 72, device: { use: 'device-models/ag-si' } },
  PCMO: { percent: 33, device: { use: 'device-models/pcmo', cycleToCycle: 0.005 } },
  'AlOx/HfO2': { percent: 20, device: { use: 'device-models/alox-hfo2' } },
};
const SEEDS = [1, 2, 3];
const HIGH = 85;
const EPOCHS = { high: 125, low: 31 };
const LAST = 10;

const found = new Map<string, number>();
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

beforeAll(activateWasm);

for (const [name, { percent, device, misses }] of Object.entries(PUBLISHED))
  test(
    `${name}: ${percent} % are published${misses ? ', and missed' : ''}`,
    { timeout: 60 * 60_000 },
    async () => {
      const epochs = percent > HIGH ? EPOCHS.high : EPOCHS.low;
      const reached: number[] = [];
      const best: number[] = [];
      for (const seed of device ? SEEDS : [1]) {
        const all = await trainAsNeurosim(seed, epochs, device);
        reached.push(100 * mean(all.slice(-LAST)));
        best.push(100 * Math.max(...all));
        console.log(`${name}, seed ${seed}: ${all.map((a) => (100 * a).toFixed(1)).join(' ')}`);
      }
      const own = mean(reached);
      found.set(name, own);
      const row = `400-100-10, MNIST 20 × 20 black and white, ${epochs} epochs of 8000 images, NeuroSim's rule and devices: ${name}`;
      const each = (of: readonly number[]): string => of.map((r) => r.toFixed(1)).join(', ');
      recordTraining(
        row,
        `${percent} %`,
        `${own.toFixed(1)} % (${each(reached)}; best epochs ${each(best)})`,
      );
      if (percent > HIGH) expect(Math.abs(own - percent) < 2, `${own} %`).toBe(!misses);
    },
  );

test('the devices below 85 % come in the published order, behind the others', () => {
  const names = Object.keys(PUBLISHED);
  const [high, low] = [
    names.filter((n) => PUBLISHED[n]!.percent > HIGH),
    names.filter((n) => PUBLISHED[n]!.percent < HIGH),
  ];
  const order = [Math.min(...high.map((n) => found.get(n)!)), ...low.map((n) => found.get(n)!)];
  expect(order).toEqual([...order].sort((a, b) => b - a));
});
