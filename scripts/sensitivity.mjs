/**
 * How device and circuit parameters move accuracy, in small: `npm run build && node scripts/sensitivity.mjs`.
 * Three seeds per point on 10,000 MNIST images, one epoch; writes docs/sensitivity.md. Nothing is gated on it.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadStack } from '@txsim/cli';
import { simulate } from '@txsim/simulator';
import * as tf from '@tensorflow/tfjs';

tf.enableProdMode();
const root = fileURLToPath(new URL('..', import.meta.url));
const SEEDS = [1, 2, 3];
const TRAIN = 10_000;

const { stack: example, host } = await loadStack({
  set: [`dataset.trainSize=${TRAIN}`, 'trainer.epochs=1'],
});
const base = () => globalThis.structuredClone(example);

const of = (s, use) => s.stack.nonIdealities.find((one) => one.use === use);
const lowResistance = (s) => Object.assign(s.stack.device, { gMin: 1e-5, gMax: 1e-4 });

const STUDIES = [
  {
    title: 'Asymmetric non-linearity ν',
    published: 'ν ≤ 0.1 is needed, ν = 1 does not converge (large networks).',
    points: [0.01, 0.1, 1, 5],
    apply: (s, nu) => (s.stack.device.nu = nu),
  },
  {
    title: 'Write noise γ, %',
    published: 'γ ≤ 5 is fine, γ = 10 costs about 10 % (large networks).',
    points: [1, 5, 10],
    apply: (s, gamma) => (of(s, 'write-noise').gamma = gamma),
  },
  {
    title: 'Array size, lines',
    published: 'Larger arrays lose slightly more.',
    points: [32, 64, 128],
    apply: (s, lines) => Object.assign(s.stack.mapping, { rows: lines, columns: lines }),
  },
  {
    title: 'Wire resistance, Ω per segment, devices of 100 kΩ to 1 MΩ',
    published: 'Wires are minor for high-resistance devices.',
    points: [0.5, 10],
    apply: (s, ohms) => Object.assign(s.stack.wire, { row: ohms, column: ohms }),
  },
  {
    title: 'Wire resistance, Ω per segment, devices of 10 kΩ to 100 kΩ',
    published: 'Wires are prominent for low-resistance devices.',
    points: [0.5, 2.5, 10],
    apply: (s, ohms) => {
      lowResistance(s);
      Object.assign(s.stack.wire, { row: ohms, column: ohms });
    },
  },
];

const percent = (x) => (100 * x).toFixed(2);
const mean = (xs) => xs.reduce((a, b) => a + b, 0) / xs.length;
const standardError = (xs) => Math.sqrt(mean(xs.map((x) => (x - mean(xs)) ** 2)) / (xs.length - 1));

/** What the first and the last point of a study say, with the standard error over seeds. */
function outcome(points, [first, last]) {
  const change = percent(mean(last) - mean(first));
  const error = percent(Math.hypot(standardError(first), standardError(last)));
  return `Seen: from ${points[0]} to ${points.at(-1)}, accuracy changes by ${change} ± ${error} points.`;
}

const digital = [];
for (const seed of SEEDS) {
  const { digitalAccuracy } = await simulate({ ...base(), seed }, { host });
  digital.push(digitalAccuracy);
}
const lines = [
  '# Sensitivity',
  '',
  `What parameters do to a small network: 784-256-128-10 on ${TRAIN.toLocaleString('en')} MNIST images, one epoch, the`,
  `10,000 test images, ${SEEDS.length} seeds. All other parameters are those of the built-in example. Made by`,
  '`npm run build && node scripts/sensitivity.mjs`. The published trends are those of Roy et al. (arXiv 2002.11151), on',
  'networks much deeper than this one.',
  '',
  `Digital twin: ${percent(mean(digital))} % (seeds: ${digital.map(percent).join(', ')}).`,
];
for (const { title, published, points, apply } of STUDIES) {
  lines.push('', `## ${title}`, '', `Published: ${published}`, '');
  lines.push('| value | mean accuracy, % | seeds, % | below the twin, points |', '|---|---|---|---|');
  const found = [];
  for (const point of points) {
    const accuracies = [];
    for (const seed of SEEDS) {
      const stack = { ...base(), seed };
      apply(stack, point);
      const { accuracy } = await simulate(stack, { host, twin: false });
      accuracies.push(accuracy);
    }
    found.push(accuracies);
    const loss = percent(mean(digital) - mean(accuracies));
    lines.push(
      `| ${point} | ${percent(mean(accuracies))} | ${accuracies.map(percent).join(', ')} | ${loss} |`,
    );
    console.error(`${title} = ${point}: ${percent(mean(accuracies))} %`);
  }
  lines.push('', outcome(points, [found[0], found.at(-1)]));
}
await writeFile(`${root}/docs/sensitivity.md`, `${lines.join('\n')}\n`);
