import type { LoadedDataset } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { makeBatch } from './batch.js';
import { softmaxCrossEntropy } from './cross-entropy.js';

/** Samples that go through the network at once. */
export const EVALUATION_BATCH = 250;

/** Accuracy (fraction) and mean cross-entropy (nats) on the test set. */
export async function evaluate(
  network: tf.LayersModel,
  data: LoadedDataset,
): Promise<{ readonly accuracy: number; readonly loss: number }> {
  let correct = 0;
  let loss = 0;
  for (let start = 0; start < data.test.size; start += EVALUATION_BATCH) {
    const count = Math.min(EVALUATION_BATCH, data.test.size - start);
    const batch = makeBatch(
      data,
      data.test,
      Array.from({ length: count }, (_, i) => start + i),
    );
    const [classes, mean] = tf.tidy(() => {
      // Unlike `apply`, it lets go of what a layer made as soon as the next one has read it.
      const logits = network.predict(batch.x, { batchSize: count }) as tf.Tensor2D;
      return [tf.argMax(logits, 1), softmaxCrossEntropy(batch.y, logits)] as const;
    });
    const predicted = await classes.data();
    correct += batch.labels.reduce((sum, label, i) => sum + (predicted[i] === label ? 1 : 0), 0);
    loss += (await mean.data())[0]! * count;
    tf.dispose([classes, mean, batch.x, batch.y]);
  }
  return { accuracy: correct / data.test.size, loss: loss / data.test.size };
}
