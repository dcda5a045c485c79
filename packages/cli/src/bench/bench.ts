import { availableParallelism, cpus, platform } from 'node:os';
import { VERSION as CORE } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { printResult } from '../output/result.js';
import { table } from '../output/table.js';
import { quietTfjs } from '../quiet-tfjs.js';
import { VERSION } from '../version.js';
import { FULL, QUICK } from './benchmark.js';
import { chooseBenchmarks } from './benchmarks.js';
import type { Row } from './row.js';
import { activateBoth } from './stock-kernels.js';
import { cellsOf, HEADINGS } from './table-rows.js';

/** What is asked of `txsim bench`. */
export interface BenchRequest {
  readonly quick?: boolean;
  readonly json?: boolean;
}

/** `txsim bench` */
export async function bench(names: readonly string[], { quick, json }: BenchRequest): Promise<void> {
  quietTfjs();
  const chosen = chooseBenchmarks(names);
  await activateBoth();
  const rows: Row[] = [];
  for (const [i, { name, measure }] of chosen.entries()) {
    process.stderr.write(`${i + 1}/${chosen.length} ${name}\n`);
    rows.push(await measure(quick ? QUICK : FULL));
  }
  const result = { machine: machine(), versions: versions(), rows };
  printResult(result, json, () =>
    [
      `${result.machine.cpu}, ${result.machine.cores} cores, one of them used; ${platform()}, node ${process.version}`,
      '',
      table([HEADINGS, ...rows.map(cellsOf)]),
    ].join('\n'),
  );
}

const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
  platform: platform(),
});

const versions = () => ({ txsim: VERSION, core: CORE, tfjs: tf.version_core });
