import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { registerKernels } from './kernels/register.js';

type Listener = (...values: unknown[]) => void;

/** The part of Node's `process` that is needed to take listeners off. */
interface Emitter {
  listeners(event: string): readonly Listener[];
  removeListener(event: string, listener: Listener): void;
}

const EVENTS = ['unhandledRejection', 'uncaughtException'];

/** The glue code of the wasm module makes every unhandled rejection an exception; that is not its business. */
async function withoutListeners<T>(action: () => Promise<T>): Promise<T> {
  const { process } = globalThis as { process?: Partial<Emitter> };
  if (!process?.listeners || !process.removeListener) return action();
  const emitter = process as Emitter;
  const before = EVENTS.map((event) => new Set(emitter.listeners(event)));
  const result = await action();
  EVENTS.forEach((event, i) => {
    const added = emitter.listeners(event).filter((l) => !before[i]!.has(l) && `${l}`.includes('throw'));
    for (const listener of added) emitter.removeListener(event, listener);
  });
  return result;
}

/**
 * Makes tfjs' wasm backend the current one and puts our kernels on it. May be called again.
 *
 * @throws Error if the backend does not start, e.g. without SIMD
 */
export async function activateWasm(): Promise<void> {
  // The threaded build keeps its memory shared; our kernels import one that is not.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const started = await withoutListeners(() => tf.setBackend('wasm'));
  if (!started) throw new Error('plugin-backend-wasm: the wasm backend of tfjs did not start');
  registerKernels();
}
