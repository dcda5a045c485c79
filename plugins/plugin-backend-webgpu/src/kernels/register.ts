import * as tf from '@tensorflow/tfjs';
import { effectiveConductance, rankFourConductance } from './effective-conductance.js';
import { evaluate, evaluateAll } from './evaluate.js';
import { fold } from './fold.js';
import { lineSeverity } from './line-severity.js';
import { countCoincidences, countProducts } from './pulses/count.js';
import { countedTrains } from './pulses/counted-trains.js';
import { pulseTrains } from './pulses/pulse-trains.js';
import { pulsedUpdate } from './pulses/pulsed-update.js';
import { crossbarRead } from './read/crossbar-read.js';
import { readoutMatrices } from './read/readout-matrices.js';
import { tileOuter } from './tile-outer.js';
import { tileProduct } from './tile-product.js';
import { tileSum } from './tile-sum.js';
import { unfold } from './unfold.js';

const tiles = [crossbarRead, readoutMatrices, tileProduct, tileSum, tileOuter];
const wires = [effectiveConductance, rankFourConductance, lineSeverity];
const pulses = [pulseTrains, countedTrains, countCoincidences, countProducts, pulsedUpdate];
const others = [evaluate, evaluateAll, unfold, fold];

/** Puts our kernels on tfjs' webgpu backend. Calling it again changes nothing. */
export function registerKernels(): void {
  for (const config of [...tiles, ...wires, ...pulses, ...others])
    if (!tf.getKernel(config.kernelName, 'webgpu')) tf.registerKernel(config);
}
