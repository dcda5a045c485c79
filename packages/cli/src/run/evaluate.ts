import { existsSync } from 'node:fs';
import { compose, nonIdeality } from '@txsim/core';
import { evaluateCheckpoint } from '@txsim/trainers';
import { naming, type LoadedStack } from '../config/load-stack.js';
import { InputError } from '../output/input-error.js';
import { printResult, printWarning } from '../output/result.js';
import { quietTfjs } from '../quiet-tfjs.js';
import { readSavedRun } from './saved-run.js';
import { percent } from './summary.js';

/** `txsim evaluate` as it was typed. */
export interface EvaluateRequest {
  readonly time?: number;
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `txsim evaluate` */
export async function evaluate(folder: string, { time, plugin, json }: EvaluateRequest): Promise<void> {
  quietTfjs();
  if (!existsSync(folder)) throw new InputError(`${folder}: there is no such folder`);
  const { bytes, loaded, warnings } = await readSavedRun(folder, plugin);
  if (time !== undefined && !changesWithTime(loaded)) {
    const used = loaded.stack.stack.nonIdealities.map(({ use }) => use).join(', ') || 'none';
    throw new InputError(
      `--time ${time}: nothing in this stack changes with time; its non-idealities are: ${used}. ` +
        'Time needs one that lets conductances drift.',
    );
  }
  warnings.forEach(printWarning);
  const { host, registry, origin } = loaded;
  const { accuracy, loss, backend, seconds } = await naming(origin, () =>
    evaluateCheckpoint(bytes, { registry, host, time }),
  );
  const result = { accuracy, loss, backend, seconds, ...(time === undefined ? {} : { time }) };
  printResult(
    result,
    json,
    () => `accuracy  ${percent(accuracy)} through the arrays\nloss      ${loss.toPrecision(4)} nats`,
  );
}

/** Whether a non-ideality acts at the retain stage. */
function changesWithTime({ stack, registry, host }: LoadedStack): boolean {
  const simulation = compose({ ...stack, reporters: [] }, registry, host);
  try {
    return simulation
      .resolveAll(nonIdeality)
      .some(({ product }) => product.effects.some(({ stage }) => stage === 'retain'));
  } finally {
    simulation.dispose();
  }
}
