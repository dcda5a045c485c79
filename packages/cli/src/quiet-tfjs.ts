import * as tf from '@tensorflow/tfjs';

/** No banner that advises another backend; tfjs ties its advice to this mode, which changes no result. */
export const quietTfjs = (): void => tf.enableProdMode();
