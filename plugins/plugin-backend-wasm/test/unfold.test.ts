import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, test } from 'vitest';
import { activateWasm } from '../src/index.js';
import { depthOf, rowsOf } from '../src/kernels/convolution/columns.js';
import type { Geometry } from '../src/kernels/convolution/geometry.js';
import { expectClose, numbers, runs } from './support.js';

beforeAll(activateWasm);

const small = fc.integer({ min: 1, max: 3 });
const geometry: fc.Arbitrary<Geometry> = fc
  .record({
    ...{ batch: small, height: fc.integer({ min: 2, max: 9 }), width: fc.integer({ min: 2, max: 9 }) },
    ...{ channels: fc.integer({ min: 1, max: 6 }), kernelHeight: small, kernelWidth: small },
    ...{ strideHeight: small, strideWidth: small, dilationHeight: small, dilationWidth: small },
    ...{ padTop: fc.nat(3), padLeft: fc.nat(3), outHeight: small, outWidth: small },
  })
  .map((g) => g);

/** For every element of the columns the element of x that it shows, −1 outside the image. */
function places(g: Geometry): number[] {
  const at: number[] = [];
  for (let row = 0; row < rowsOf(g); row++) {
    const ox = row % g.outWidth;
    const oy = Math.floor(row / g.outWidth) % g.outHeight;
    const b = Math.floor(row / (g.outWidth * g.outHeight));
    for (let k = 0; k < depthOf(g); k++) {
      const c = k % g.channels;
      const x = ox * g.strideWidth - g.padLeft + (Math.floor(k / g.channels) % g.kernelWidth) * g.dilationWidth;
      const y = oy * g.strideHeight - g.padTop + Math.floor(k / (g.channels * g.kernelWidth)) * g.dilationHeight;
      const inside = x >= 0 && x < g.width && y >= 0 && y < g.height;
      at.push(inside ? ((b * g.height + y) * g.width + x) * g.channels + c : -1);
    }
  }
  return at;
} // prettier-ignore

const runKernel = (name: string, inputs: tf.NamedTensorMap, g: Geometry): tf.Tensor =>
  tf.engine().runKernel(name, inputs, { geometry: g } as unknown as tf.NamedAttrMap) as tf.Tensor;

test('unfold shows at every place what the window sees, fold adds it up again', () => {
  fc.assert(
    fc.property(geometry, (g) => {
      const shape = [g.batch, g.height, g.width, g.channels];
      const x = numbers(tf.util.sizeFromShape(shape), 1);
      const at = places(g);
      const columns = numbers(at.length, 2);
      const sums = new Float32Array(x.length);
      at.forEach((place, i) => place >= 0 && (sums[place]! += columns[i]!));
      const folded = runKernel('TxFold', { columns: tf.tensor2d(columns, [rowsOf(g), depthOf(g)]) }, g);
      const unfolded = runKernel('TxUnfold', { x: tf.tensor(x, shape) }, g);
      expectClose(unfolded.dataSync(), at.map((place) => x[place] ?? 0), 0); // prettier-ignore
      expectClose(folded.dataSync(), sums, 1e-6);
    }),
    runs(150),
  );
});
