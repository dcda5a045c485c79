import { describeBackend } from '@txsim/plugin-testkit';
import * as tf from '@tensorflow/tfjs';
import { activateWebgpu } from '../src/index.js';
import { onWebgpu } from './support.js';

// tfjs' softmax cross entropy keeps its labels for the gradient; in tests, tfjs takes that for a leak.
tf.env().set('IS_TEST', false);

onWebgpu('parity', () => describeBackend('webgpu', activateWebgpu, { ieee: false }));
