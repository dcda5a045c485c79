import { availableParallelism, cpus, platform } from 'node:os';
import { VERSION as CORE, type Registry } from '@txsim/core';
import { probeBackends } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { loadStack } from '../config/load-stack.js';
import { printResult } from '../output/result.js';
import { quietTfjs } from '../quiet-tfjs.js';
import { VERSION } from '../version.js';
import { FULL, QUICK } from './benchmark.js';
import { chooseBenchmarks } from './benchmarks.js';
import { startEngine, type Engine } from './engine.js';
import type { Row } from './row.js';
import { inMarkdown, inWords } from './table.js';

/** What is asked of `txsim bench`. */
export interface BenchRequest {
  readonly backend?: string;
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
    /** The backend, and what it says of itself where it is not the processor. */
    readonly engine: string;
  };
  readonly versions: Readonly<Record<'txsim' | 'core' | 'tfjs', string>>;
  readonly rows: readonly Row[];
}

/** `txsim bench` */
export async function bench(
  names: readonly string[],
  { backend = 'wasm', quick, markdown, json }: BenchRequest,
): Promise<void> {
  quietTfjs();
  const { registry } = await loadStack({});
  const engine = await startEngine(registry, backend);
  const chosen = chooseBenchmarks(names, engine.name);
  const rows: Row[] = [];
  for (const [i, { name, measure }] of chosen.entries()) {
    process.stderr.write(`${i + 1}/${chosen.length} ${name}\n`);
    rows.push(await measure(quick ? QUICK : FULL, engine));
  }
  const result: BenchResult = { machine: await machine(registry, engine), versions: versions(), rows };
  printResult(result, json, () => (markdown ? inMarkdown(result) : inWords(result)));
}

const machine = async (registry: Registry, { name }: Engine): Promise<BenchResult['machine']> => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
  platform: platform(),
  engine: await describeEngine(registry, name),
});

/** The backend's own words, an adapter's name among them. */
async function describeEngine(registry: Registry, name: string): Promise<string> {
  const reports = await probeBackends(registry);
  const found = reports.find((report) => report.name === name)?.availability;
  return found?.available ? `${name} (${found.detail})` : name;
}

const versions = (): BenchResult['versions'] => ({ txsim: VERSION, core: CORE, tfjs: tf.version_core });
