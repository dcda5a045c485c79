import type { Registry } from '@txsim/core';
import { activateBackend } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { activateBoth } from './stock-kernels.js';

/** What the rows are measured on. */
export interface Engine {
  /** The backend, as stacks name it. */
  readonly name: string;
  /** Calls that are timed together: one, or many where what is called only goes into a queue. */
  readonly calls: number;
  /** Waits until everything that was called has been computed. */
  settle(): Promise<void>;
}

const QUEUED = 20;

/**
 * Makes a backend current and says how it is timed. On `wasm` and `cpu` a call computes before it returns.
 *
 * @throws PluginError BACKEND_UNAVAILABLE
 */
export async function startEngine(registry: Registry, wanted: string): Promise<Engine> {
  if (wanted === 'wasm') {
    await activateBoth();
    return { name: wanted, calls: 1, settle: async () => undefined };
  }
  const name = await activateBackend(registry, wanted);
  return { name, calls: name === 'cpu' ? 1 : QUEUED, settle: lastOfQueue };
}

/** A queue is worked off in order: what is asked for last is there last. */
async function lastOfQueue(): Promise<void> {
  const last = tf.tidy(() => tf.add(tf.scalar(0), 1));
  await last.data();
  last.dispose();
}
