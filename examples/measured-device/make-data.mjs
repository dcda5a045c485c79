// Makes pulses.csv: what a parameter analyser would give for five ReRAM devices, three trains each, with spreads from
// device to device, noise of each pulse, and noise of each reading.
import { writeFileSync } from 'node:fs';
import { models, sampleResponses } from '@txsim/device-models';
import { fillNormal, randomStream } from '@txsim/ops';

const [DEVICES, REPEATS, READ_NOISE] = [5, 3, 2e-8];
const model = models.find((m) => m.id === 'soft-bounds');
const { value: config } = model.config['~standard'].validate({
  gMin: 1.2e-6,
  gMax: 11e-6,
  dw: 0.03,
  upDown: 0.15,
  cycleToCycle: 0.25,
  stepDeviceToDevice: 0.15,
});
const device = model.create({ config });
const trains = [60, -60];
const pulses = trains.flatMap((n) => new Array(Math.abs(n)).fill(n > 0 ? 'set' : 'reset'));
const states = sampleResponses(device, {
  trains: Array.from({ length: REPEATS }, () => trains).flat(),
  from: 2e-6,
  devices: DEVICES,
  seed: 7,
});

const lines = [
  '# Made by make-data.mjs: set and reset trains of 60 pulses on five devices',
  'device,repeat,pulse,conductance_uS',
];
for (let d = 0; d < DEVICES; d++) {
  const noise = new Float32Array(states.length + REPEATS);
  fillNormal(randomStream(7, 'reading', String(d)), 0, 0, noise);
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (let i = 0; i <= pulses.length; i++) {
      const at = repeat * pulses.length + i;
      const g = states[at][d] + READ_NOISE * noise[at + repeat];
      lines.push(`d${d + 1},${repeat + 1},${i === 0 ? '' : pulses[i - 1]},${(1e6 * g).toFixed(4)}`);
    }
  }
}
writeFileSync(new URL('pulses.csv', import.meta.url), `${lines.join('\n')}\n`);
