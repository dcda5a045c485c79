import { arrayModel } from '@txsim/array';
import { compose, network, trainer, type Stack, type TrainableModel, type Trainer } from '@txsim/core';
import { convertToAnalog, digitalModel, type AnalogNetwork } from '@txsim/layers';
import { calibrate, crossEntropy, type Batch } from '@txsim/trainers';
import * as tf from '@tensorflow/tfjs';
import { loadStack } from '../config/load-stack.js';
import type { Case } from './networks.js';

const IMAGES_OF_CIFAR = { inputShape: [32, 32, 3], classes: 10 };

/** A network on arrays and the same without them, a batch, and how both learn it. */
export interface Participants {
  readonly analog: AnalogNetwork;
  readonly digital: TrainableModel;
  /** One step, until its loss is known. */
  readonly step: (model: TrainableModel) => Promise<void>;
  /** Bytes of the digital network and the batch. */
  readonly outside: number;
  dispose(): void;
}

/** Puts a network on the arrays of the built-in example, changed by `edit`; converters are calibrated on the batch. */
export async function participants(
  { network: wanted, batch: size }: Case,
  edit: Partial<Stack>,
): Promise<Participants> {
  const { stack, registry } = await loadStack({});
  const own = typeof wanted === 'function' ? {} : { network: wanted };
  const simulation = compose({ ...stack, ...own, ...edit }, registry);
  const learner = simulation.resolve(trainer);
  const before = tf.memory().numBytes;
  const model =
    typeof wanted === 'function' ? wanted() : await simulation.resolve(network).build(IMAGES_OF_CIFAR);
  const batch = batchFor(model, size);
  const outside = tf.memory().numBytes - before;
  const analog = await convertToAnalog(model, arrayModel(simulation));
  await calibrate(analog, batch);
  return {
    analog,
    digital: digitalModel(model),
    outside,
    step: (model) => stepOf(learner, model, batch),
    dispose: () => {
      analog.dispose();
      model.dispose();
      tf.dispose([batch.x, batch.y]);
      simulation.dispose();
    },
  };
}

/** Inputs in [0, 1), classes in turn. */
function batchFor({ inputs, outputs }: tf.LayersModel, size: number): Batch {
  const classes = outputs[0]!.shape.at(-1)!;
  const labels = Int32Array.from({ length: size }, (_, i) => i % classes);
  const x = tf.randomUniform([size, ...(inputs[0]!.shape.slice(1) as number[])], 0, 1, 'float32', 1);
  const y = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), classes).toFloat() as tf.Tensor2D);
  return { x, y, labels };
}

async function stepOf(learner: Trainer, model: TrainableModel, batch: Batch): Promise<void> {
  const loss = learner.step(model, () => crossEntropy(model.network, batch));
  await loss.data();
  loss.dispose();
}
