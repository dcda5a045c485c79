import type { LayerPlace } from '@txsim/core';
import { estimate, type Estimate } from '@txsim/trainers';
import { loadStack, naming } from '../config/load-stack.js';
import { printResult } from '../output/result.js';
import { table } from '../output/table.js';
import { quietTfjs } from '../quiet-tfjs.js';
import type { TrainRequest } from './prepare.js';

/** `txsim train --dry-run` */
export async function dryRun({ file, set, plugin, seed, twin, json }: TrainRequest): Promise<void> {
  quietTfjs();
  const { origin, stack, registry, host, ...loaded } = await loadStack({ file, set, plugins: plugin, seed });
  const result = await naming(origin, () =>
    estimate(stack, { registry, host, twin: twin && (loaded.twin ?? true) }),
  );
  printResult(result, json, () => inWords(result));
}

function inWords(e: Estimate): string {
  const matrices = e.matrices.map((m) => [
    m.name,
    `${m.inputs} × ${m.outputs}`,
    `${m.tiles} of ${m.rows} × ${m.columns}`,
    String(m.devices),
  ]);
  return [
    table([['matrix', 'weights', 'arrays', 'devices'], ...matrices]),
    '',
    table([['layer', 'class', 'on arrays', 'digital'], ...e.layers.map(place)]),
    '',
    table([
      ['tiles', String(e.tiles)],
      ['devices', String(e.devices)],
      ['memory', `${megabytes(e.bytes.resident)}, at most ${megabytes(e.bytes.peak)}, without the data set`],
      ['step', `${duration(e.seconds.step)}, the median of ${e.timedSteps} on ${e.backend}`],
      ['epoch', `${duration(e.seconds.epoch)}: ${e.stepsPerEpoch} steps and the test set`],
      ['run', `${duration(e.seconds.run)}: ${e.epochs} epochs`],
    ]),
  ].join('\n');
}

const place = ({ layer, kind, matrices, digital }: LayerPlace): string[] =>
  matrices.length === 0
    ? [layer, kind, '–', 'all']
    : [layer, kind, matrices.join(', '), digital.join(', ') || '–'];

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function duration(seconds: number): string {
  if (seconds < 1) return `${(1000 * seconds).toPrecision(3)} ms`;
  if (seconds < 120) return `${seconds.toPrecision(3)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
