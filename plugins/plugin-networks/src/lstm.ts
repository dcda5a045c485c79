import { network, PluginError } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { dense } from './convolution.js';
import { chain } from './image-input.js';
import { initialise, ZEROS } from './initialise.js';

/** LSTM layers over a sequence, of characters or of vectors, and logits of what follows. */
export const lstm = network({
  id: 'lstm',
  description: 'LSTM layers over a sequence of characters (numbers, embedded digitally) or of vectors.',
  citation: 'Hochreiter & Schmidhuber, Neural Computation 9 (1997)',
  config: z.strictObject({
    units: z.array(z.int().min(1)).min(1).default([64]).describe('width of each recurrent layer'),
    embedding: z.int().min(1).default(16).describe('numbers that stand for a character'),
    vocabulary: z.int().min(2).optional().describe('number of different characters; absent: the classes'),
  }),
  create: ({ config: { units, embedding, vocabulary }, random }) => ({
    build: ({ inputShape, classes }) => {
      if (inputShape.length > 2) {
        const got = `the data set has [${inputShape.join(', ')}]`;
        throw new PluginError(
          'STACK_INVALID',
          'lstm',
          `expected sequences [steps] or [steps, features], ${got}`,
        );
      }
      let model: tf.LayersModel;
      // What tfjs forgets of the bias of the forget gate goes with the scope.
      tf.tidy(() => {
        const input = tf.input({ shape: [...inputShape] });
        const embed = tf.layers.embedding({
          name: 'embedding',
          inputDim: vocabulary ?? classes,
          outputDim: embedding,
          embeddingsInitializer: 'zeros',
        });
        const recurrent = units.map((n, i) =>
          tf.layers.lstm({
            name: `lstm_${i + 1}`,
            units: n,
            recurrentActivation: 'sigmoid',
            recurrentInitializer: 'zeros',
            unitForgetBias: true,
            returnSequences: i < units.length - 1,
            ...ZEROS,
          }),
        );
        const outputs = chain(
          input,
          ...(inputShape.length === 1 ? [embed] : []),
          ...recurrent,
          dense('logits', classes),
        );
        model = tf.model({ inputs: input, outputs });
      });
      return initialise(model!, random, 1);
    },
  }),
});
