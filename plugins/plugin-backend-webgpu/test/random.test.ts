import * as tf from '@tensorflow/tfjs';
import {
  evaluate,
  fillNormal,
  fillUniform,
  normal,
  philox,
  randomStream,
  uniform,
  type RandomStream,
} from '@txsim/ops';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WebgpuBackend } from '../src/kernels/backend.js';
import { runShader, THREADS } from '../src/kernels/shader.js';
import { largestError, onWebgpu, runs } from './support.js';

const WORDS = `
fn main(index : i32) {
  let at = 6u * u32(index);
  if (at + 5u >= uniforms.count) { return; }
  let counter = vec4<i32>(given[at], given[at + 1u], given[at + 2u], given[at + 3u]);
  let words = txPhilox(bitcast<vec4<u32>>(counter), bitcast<vec2<u32>>(vec2<i32>(given[at + 4u], given[at + 5u])));
  for (var w = 0u; w < 4u; w++) { result[4u * u32(index) + w] = bitcast<i32>(words[w]); }
}
`;

/** Blocks of words; each block is asked for by four counter words and two key words. */
async function words(asked: readonly (readonly number[])[]): Promise<number[][]> {
  await tf.setBackend('webgpu');
  const given = tf.tensor1d(Int32Array.from(asked.flat()), 'int32');
  const out = runShader(tf.backend() as unknown as WebgpuBackend, {
    code: WORDS,
    inputs: { given },
    integers: { count: 6 * asked.length },
    shape: [asked.length, 4],
    dtype: 'int32',
    workgroups: Math.ceil(asked.length / THREADS),
    workgroupSize: THREADS,
  });
  const tensor = tf.engine().makeTensorFromTensorInfo(out);
  const values = Uint32Array.from(await tensor.data(), (x) => x >>> 0);
  tf.dispose([given, tensor]);
  return asked.map((_, b) => Array.from(values.subarray(4 * b, 4 * b + 4)));
}

/** Elements 0 … count − 1 of a draw, from our kernel. */
async function drawn(kind: 'uniform' | 'normal', stream: RandomStream, draw: number, count: number) {
  await tf.setBackend('webgpu');
  const noise = { streams: () => stream, draw };
  const tensor = evaluate((kind === 'normal' ? normal : uniform)('noise'), {}, [count], noise);
  const values = Float32Array.from(await tensor.data());
  tensor.dispose();
  return values;
}

function plain(kind: 'uniform' | 'normal', stream: RandomStream, draw: number, count: number): Float32Array {
  const values = new Float32Array(count);
  (kind === 'normal' ? fillNormal : fillUniform)(stream, draw, 0, values);
  return values;
}

const word = fc.integer({ min: 0, max: 0xffffffff });
onWebgpu('random numbers', () => {
  test('Philox gives the known answers of Random123', async () => {
    const all = 0xffffffff;
    const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0];
    expect(await words([[0, 0, 0, 0, 0, 0], [all, all, all, all, all, all], pi])).toEqual([
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ]);
  });

  test('Philox equals the plain generator for any counter and key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(word, word, word, word, word, word), { minLength: 1 }),
        async (asked) => {
          const expected = asked.map(([c0, c1, c2, c3, k0, k1]) => {
            const counter = Uint32Array.of(c0, c1, c2, c3);
            philox(counter, k0, k1);
            return Array.from(counter);
          });
          expect(await words(asked)).toEqual(expected);
        },
      ),
      runs(30),
    );
  });

  test('a million normal numbers in one draw are within 2e-6 of those of the plain generator', async () => {
    const stream = randomStream(7, 'test');
    const error = largestError(await drawn('normal', stream, 3, 1e6), plain('normal', stream, 3, 1e6));
    console.log(`normal numbers: largest error ${error.toExponential(2)} in 10⁶`);
    expect(error).toBeLessThan(2e-6);
  });
});
