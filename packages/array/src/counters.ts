import * as tf from '@tensorflow/tfjs';

/** A number of samples is saved as two integers, this its base. */
const HALF = 2 ** 30;

/** What a matrix has done: by these its noise is numbered. */
export class Counters {
  writes = 0;
  samples = 0;
  forward = 0;
  backward = 0;

  save(): Record<string, tf.Tensor> {
    return {
      counts: tf.tensor1d([this.writes, this.forward, this.backward], 'int32'),
      samples: tf.tensor1d([this.samples % HALF, Math.floor(this.samples / HALF)], 'int32'),
    };
  }

  async load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    const numbers = async (name: string): Promise<number[]> => Array.from(await saved[name]!.data());
    const [writes, forward, backward] = (await numbers('counts')) as [number, number, number];
    const [low, high] = (await numbers('samples')) as [number, number];
    Object.assign(this, { writes, forward, backward, samples: low + HALF * high });
  }
}
