import { existsSync } from 'node:fs';
import { evaluateCheckpoint } from '@txsim/trainers';
import { naming } from '../config/load-stack.js';
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
  if (time !== undefined) {
    const used = loaded.stack.stack.nonIdealities.map(({ use }) => use).join(', ') || 'none';
    throw new InputError(
      `--time ${time}: nothing in this stack changes with time; its non-idealities are: ${used}. ` +
        'Time needs one that lets conductances drift.',
    );
  }
  warnings.forEach(printWarning);
  const { host, registry, origin } = loaded;
  const { accuracy, loss, backend, seconds } = await naming(origin, () =>
    evaluateCheckpoint(bytes, { registry, host }),
  );
  const result = { accuracy, loss, backend, seconds };
  printResult(
    result,
    json,
    () => `accuracy  ${percent(accuracy)} through the arrays\nloss      ${loss.toPrecision(4)} nats`,
  );
}
