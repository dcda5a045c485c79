import { readFile, rm } from 'node:fs/promises';
import { setAt, type Stack } from '@txsim/core';
import { simulate } from '@txsim/trainers';
import type { LoadedStack } from '../config/load-stack.js';
import { quietTfjs } from '../quiet-tfjs.js';
import { hostFacts } from '../run/run-record.js';
import { writeAtomically } from '../run/write-atomically.js';
import { VERSION } from '../version.js';
import { loadBase } from './base-stack.js';
import type { FromWorker, RunTask, ToWorker, WorkerResult } from './messages.js';
import { WATCH, watchPlugin, type Watched } from './watch.js';

/** A process that makes one run after another, as the one that started it says; it ends with that one. */
const send = (message: FromWorker): void => void process.send!(message);
let base: Promise<LoadedStack> | undefined;
let watched: Watched | undefined;
const stop = new AbortController();

process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group; what to do about it is said by the one that started this process.
process.on('SIGINT', () => {});
process.on('message', (message: ToWorker) => {
  if (message.kind === 'stop') stop.abort();
  else if (message.kind === 'run') void make(message.task);
  else {
    quietTfjs();
    base = loadBase(message.request).then((loaded) => {
      loaded.registry.add(
        watchPlugin((now) => {
          watched = now;
          send({ kind: 'progress', step: now.step, steps: now.steps, loss: now.loss });
        }),
      );
      return loaded;
    });
    void base.then(() => send({ kind: 'ready' }));
  }
});

async function make(task: RunTask): Promise<void> {
  const started = performance.now();
  watched = undefined;
  const made = { backend: 'none', seconds: 0, ...hostFacts(), txsim: VERSION };
  const nothing = { accuracy: null, loss: null, accuracies: [], devices: 0, arrays: 0, warnings: [], made };
  try {
    const result = await train(task, made, started);
    send(result ? { kind: 'result', result } : { kind: 'stopped' });
  } catch (error) {
    send({ kind: 'result', result: { ...nothing, error: (error as Error).message } });
  }
}

/** Undefined where it was stopped before its end. */
async function train(
  { assignments, seed, twin, checkpoint }: RunTask,
  made: WorkerResult['made'],
  started: number,
): Promise<WorkerResult | undefined> {
  const { stack: given, registry, host } = await base!;
  const stack: Stack = { ...structuredClone(given), seed, reporters: [{ use: WATCH }] };
  for (const [path, value] of assignments)
    setAt(stack, path, value, (detail) => {
      throw new Error(detail);
    });
  const resume = await readFile(checkpoint).catch(() => undefined);
  const summary = await simulate(stack, {
    registry,
    host,
    twin,
    signal: stop.signal,
    save: async (bytes) => {
      if (stop.signal.aborted || watched!.epochsDone < watched!.epochs)
        await writeAtomically(checkpoint, bytes);
    },
    ...(resume && { resume }),
  });
  if (summary.interrupted) return undefined;
  await rm(checkpoint, { force: true });
  const { accuracy, digitalAccuracy, loss, epochs, backend, warnings } = summary;
  return {
    accuracy: accuracy ?? null,
    ...(digitalAccuracy !== undefined && { digitalAccuracy }),
    loss: loss !== undefined && Number.isFinite(loss) ? loss : null,
    accuracies: epochs.map((epoch) => epoch.accuracy),
    devices: watched!.devices,
    arrays: watched!.arrays,
    warnings,
    made: { ...made, backend, seconds: (performance.now() - started) / 1000 },
  };
}
