import * as tf from '@tensorflow/tfjs';
import { batchMatMul } from './batch-mat-mul.js';
import { conv2DBackpropFilter } from './convolution/conv-2d-backprop-filter.js';
import { conv2DBackpropInput } from './convolution/conv-2d-backprop-input.js';
import { conv2D } from './convolution/conv-2d.js';
import { depthwiseBackpropFilter } from './convolution/depthwise-backprop-filter.js';
import { depthwiseBackpropInput } from './convolution/depthwise-backprop-input.js';
import { depthwiseConv2D } from './convolution/depthwise-conv-2d.js';
import { fold } from './convolution/fold.js';
import { fusedConv2D } from './convolution/fused-conv-2d.js';
import { fusedDepthwiseConv2D } from './convolution/fused-depthwise-conv-2d.js';
import { unfold } from './convolution/unfold.js';
import { effectiveConductance, lineSeverity, rankFourConductance } from './effective-conductance.js';
import { tanh } from './elementwise/tanh.js';
import { evaluate, evaluateAll } from './evaluate.js';
import { exactConductance, exactConductanceGradient, exactCurrents } from './exact-network.js';
import { fusedMatMul } from './fused-mat-mul.js';
import { heapOf } from './heap.js';
import { identity } from './identity.js';
import { avgPoolGrad } from './pooling/avg-pool-grad.js';
import { avgPool } from './pooling/avg-pool.js';
import { maxPool } from './pooling/max-pool.js';
import { maxPoolGrad } from './pooling/max-pool-grad.js';
import { countCoincidences } from './pulses/count-coincidences.js';
import { countProducts } from './pulses/count-products.js';
import { pulseTrains } from './pulses/pulse-trains.js';
import { pulsedUpdate } from './pulses/pulsed-update.js';
import { crossbarRead } from './read/crossbar-read.js';
import { largestMagnitudes } from './read/largest-magnitudes.js';
import { readoutMatrices } from './read/readout-matrices.js';
import { tileOuter } from './tiles/tile-outer.js';
import { tileProduct } from './tiles/tile-product.js';
import { tileSum } from './tiles/tile-sum.js';
import { unsortedSegmentSum } from './unsorted-segment-sum.js';

const reads = [crossbarRead, readoutMatrices, largestMagnitudes];
const tiles = [tileProduct, tileSum, tileOuter, evaluate, evaluateAll];
const wires = [
  effectiveConductance,
  rankFourConductance,
  lineSeverity,
  exactConductance,
  exactConductanceGradient,
  exactCurrents,
];
const pulses = [pulseTrains, countCoincidences, countProducts, pulsedUpdate];
const products = [batchMatMul, fusedMatMul, conv2D, fusedConv2D, conv2DBackpropInput, conv2DBackpropFilter];
const depthwise = [depthwiseConv2D, fusedDepthwiseConv2D, depthwiseBackpropInput, depthwiseBackpropFilter];
const pools = [maxPool, maxPoolGrad, avgPool, avgPoolGrad];
const others = [identity, unfold, fold, unsortedSegmentSum, tanh];
const configs = [...reads, ...tiles, ...wires, ...pulses, ...products, ...depthwise, ...pools, ...others];

/**
 * Puts our kernels on the wasm backend, which must be the current one. Calling it again changes nothing.
 *
 * @throws Error if the current backend is another one
 */
export function registerKernels(): void {
  if (tf.getBackend() !== 'wasm')
    throw new Error(`registerKernels: the backend is "${tf.getBackend()}", not "wasm"`);
  heapOf(tf.backend());
  for (const config of configs) {
    const stock = tf.getKernel(config.kernelName, 'wasm');
    if (stock?.kernelFunc === config.kernelFunc) continue;
    if (stock) tf.unregisterKernel(config.kernelName, 'wasm');
    tf.registerKernel(config);
  }
}
