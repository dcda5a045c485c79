/**
 * Speed of the kernels on this machine, one thread, beyond the rows of `txsim bench`: `node bench/kernels.mjs` after a
 * build.
 */
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { activateWasm } from '@txsim/plugin-backend-wasm';
import {
  add,
  evaluate,
  exp,
  input,
  multiply,
  normal,
  randomStream,
  subtract,
  tileOuter,
  tileProduct,
  tileSum,
} from '@txsim/ops';
import { best, print } from './measure.mjs';
import { networkKernels } from './network.mjs';

tf.env().set('IS_TEST', true);
await tf.setBackend('wasm');

networkKernels('stock');
await activateWasm();
networkKernels('ours');

for (const [m, k, n] of [
  [16, 784, 256],
  [64, 784, 256],
  [1, 784, 256],
]) {
  // prettier-ignore
  const [a, b] = [tf.randomUniform([m, k]), tf.randomUniform([k, n])];
  const ms = best(() => tf.matMul(a, b).dispose());
  print(`matMul ${m} × ${k} × ${n}`, (2 * m * k * n) / ms / 1e6, 'GFLOP/s');
}

const grid = { inputs: 784, outputs: 256, tileRows: 13, tileColumns: 4, rows: 64, columns: 64 };
const g = tf.randomUniform([13, 4, 64, 64], 1e-6, 1e-4);
for (const batch of [1, 16, 64]) {
  const [x, d] = [tf.randomUniform([batch, 784]), tf.randomUniform([batch, 256])];
  const flop = 2 * batch * 784 * 256;
  const gflops = (ms) => flop / ms / 1e6;
  print(`tile product forward, batch ${batch}`, gflops(best(() => tileProduct(x, g, grid, 'forward').dispose())), 'GFLOP/s');
  print(`tile product backward, batch ${batch}`, gflops(best(() => tileProduct(d, g, grid, 'backward').dispose())), 'GFLOP/s');
  print(`tile outer, batch ${batch}`, gflops(best(() => tileOuter(x, d, grid).dispose())), 'GFLOP/s');
  const converted = tileProduct(x, g, grid, 'forward');
  const ms = best(() => tileSum(converted, grid, 'forward').dispose());
  print(`tile sum forward, batch ${batch}`, (ms * 1e6) / converted.size, 'ns/element');
} // prettier-ignore

const shape = [13, 4, 64, 64];
const size = tf.util.sizeFromShape(shape);
const delta = tf.randomUniform(shape, -1, 1);
const noise = { streams: (name) => randomStream(1, name), draw: 1 };
const saturating = (() => {
  const room = subtract(add(input('w0'), input('gMin')), input('g'));
  return add(input('g'), multiply(room, subtract(1, exp(multiply(-3, input('delta'))))));
})();
const expressions = {
  'g + delta': add(input('g'), input('delta')),
  'saturating write (exp)': saturating,
  'saturating write + one normal': add(saturating, multiply(normal('write'), 1e-6)),
};
const inputs = { g, delta, w0: tf.scalar(1e-4), gMin: tf.scalar(1e-6) };
for (const [name, e] of Object.entries(expressions)) {
  const ms = best(() => evaluate(e, inputs, shape, noise).dispose());
  print(`evaluate ${name}`, (ms * 1e6) / size, 'ns/element');
}

const lines = { x: tf.randomUniform([13, 1, 64, 1]), y: tf.randomUniform([13, 4, 64, 64]) };
const scaled = multiply(input('x'), input('y'));
print(
  'evaluate [R,1,B,1] · [R,C,B,N]',
  (best(() => evaluate(scaled, lines, shape).dispose()) * 1e6) / size,
  'ns/element',
);
const one = { g: tf.scalar(1), delta: tf.scalar(2) };
print('evaluate of one element', best(() => evaluate(expressions['g + delta'], one, []).dispose()) * 1e3, 'µs/call'); // prettier-ignore
