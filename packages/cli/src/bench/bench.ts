import { availableParallelism, cpus, platform } from 'node:os';
import { VERSION as CORE } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { printResult } from '../output/result.js';
import { quietTfjs } from '../quiet-tfjs.js';
import { VERSION } from '../version.js';
import { FULL, QUICK } from './benchmark.js';
import { chooseBenchmarks } from './benchmarks.js';
import type { Row } from './row.js';
import { activateBoth } from './stock-kernels.js';
import { inMarkdown, inWords } from './table.js';

/** What is asked of `txsim bench`. */
export interface BenchRequest {
  readonly quick?: boolean;
  readonly markdown?: boolean;
  readonly json?: boolean;
}

/** What `--json` prints. */
export interface BenchResult {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
    readonly platform: string;
  };
  readonly versions: Readonly<Record<'txsim' | 'core' | 'tfjs', string>>;
  readonly rows: readonly Row[];
}

/** `txsim bench` */
export async function bench(
  names: readonly string[],
  { quick, markdown, json }: BenchRequest,
): Promise<void> {
  quietTfjs();
  const chosen = chooseBenchmarks(names);
  await activateBoth();
  const rows: Row[] = [];
  for (const [i, { name, measure }] of chosen.entries()) {
    process.stderr.write(`${i + 1}/${chosen.length} ${name}\n`);
    rows.push(await measure(quick ? QUICK : FULL));
  }
  const result: BenchResult = { machine: machine(), versions: versions(), rows };
  printResult(result, json, () => (markdown ? inMarkdown(result) : inWords(result)));
}

const machine = (): BenchResult['machine'] => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
  platform: platform(),
});

const versions = (): BenchResult['versions'] => ({ txsim: VERSION, core: CORE, tfjs: tf.version_core });
