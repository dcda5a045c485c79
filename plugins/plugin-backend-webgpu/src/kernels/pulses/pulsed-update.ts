import * as tf from '@tensorflow/tfjs';
import {
  BLOCK,
  padded,
  planeShape,
  pulseInputs,
  pulseNoise,
  UP,
  type PulsedUpdateAttributes,
  type PulseProgram,
} from '@txsim/ops';
import { translate } from '../../wgsl/expression.js';
import { kernelConfig } from '../arguments.js';
import type { WebgpuBackend } from '../backend.js';
import { pack, withBuffers, type Packing } from '../buffers.js';
import { numberOf, PAIRS, streamOf } from '../draws.js';
import { Remembered } from '../remembered.js';
import { run, sizeOf, THREADS } from '../shader.js';
import { CELL, cellIntegers, lines } from './cells.js';
import { KEYS, keysOf } from './keys.js';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/**
 * A thread takes one cell through all samples and pulses, its state in registers. `place` is where the cell's random
 * numbers lie within those of an event, see `pulseElement` of @txsim/ops.
 */
function codeOf(program: PulseProgram, { places }: Packing): string {
  const names = pulseInputs(program);
  const noise = pulseNoise(program);
  const { statements, results } = translate(program.next, (leaf) => {
    if (leaf.op !== 'input') return `n${streamOf(noise, leaf)}`;
    return leaf.name === UP ? 'up' : `p${names.indexOf(leaf.name)}`;
  });
  const held = names.map((_, k) => {
    const { buffer, offset } = places[k]!;
    const kept = k < program.state.length ? 'var' : 'let';
    return `  ${kept} p${k} = in${buffer}[${offset}u * uniforms.cells + cell];`;
  });
  const draws = noise.map(
    ({ kind }, k) => `
      let w${k} = txFeistel(counter, txKey(sample / ${BLOCK}u * ${noise.length}u + ${k}u));
      let n${k} = ${numberOf(kind, `w${k}`, 'place')};`,
  );
  return `${lines('i32')}${noise.length > 0 ? KEYS + PAIRS : ''}
fn main(index : i32) {${CELL}
  let place = (z * uniforms.tileHeight + i) * uniforms.stride + j;
${held.join('\n')}
  for (var b = 0u; b < uniforms.batch; b++) {
    let xs = txRow(z, b, i);
    let ds = txColumn(z, b, j);
    let count = countOneBits(u32(xs & ds) & 0x7fffffffu);
    let up = select(0.0, 1.0, (xs ^ ds) < 0);
    let sample = uniforms.offset + b;
    for (var pulse = 0u; pulse < count; pulse++) {
      let event = ${BLOCK}u * (sample % ${BLOCK}u) + pulse;
      let counter = event * uniforms.counters + 4u * (place >> 3u) + (place & 3u);${draws.join('')}
${statements}
${results.map((value, k) => `      p${k} = ${value};`).join('\n')}
    }
  }
${results.map((_, k) => `  next${k}[cell] = p${k};`).join('\n')}
}
`;
}

const codes = new Remembered<string>();

/** Where the parameters lie, counted in planes. */
const packing = (program: PulseProgram, backend: WebgpuBackend): Packing => {
  const others = program.state.length + 2 + Math.min(pulseNoise(program).length, 1);
  const available = backend.device.limits.maxStorageBuffersPerShaderStage - others;
  const planes = pulseInputs(program).map(() => 1);
  return pack(planes, available);
};

function update(
  backend: WebgpuBackend,
  inputs: Inputs,
  { program, grid, firstSample, keys }: PulsedUpdateAttributes,
): tf.TensorInfo[] {
  const [x, d] = [inputs['trains:x']!, inputs['trains:d']!];
  const batch = x.shape[0]!;
  if (batch === 0) return program.state.map((name) => same(backend, inputs[name]!));
  const shape = planeShape(grid);
  const size = sizeOf(shape);
  const packed = packing(program, backend);
  const code = codes.get(program, `${packed.buffers.length}`, () => codeOf(program, packed));
  const draws = pulseNoise(program).length > 0 ? keysOf(backend, keys.flat()) : undefined;
  const next = program.state.map(() => backend.makeTensorInfo(shape, 'float32'));
  const stride = padded(grid.columns);
  const counters = (grid.tileRows * grid.tileColumns * grid.rows * stride) / 2;
  const operands = pulseInputs(program).map((name) => inputs[name]!);
  withBuffers(backend, packed, operands, (buffers) => {
    const all = {
      code,
      inputs: {
        x,
        d,
        ...(draws && { keys: draws }),
        ...Object.fromEntries(buffers.map((buffer, k) => [`in${k}`, buffer])),
      },
      integers: { ...cellIntegers(grid, batch), stride, counters, offset: firstSample % BLOCK },
      workgroups: Math.ceil(size / THREADS),
      workgroupSize: THREADS,
    };
    run(backend, all, Object.fromEntries(next.map((t, k) => [`next${k}`, t])));
  });
  if (draws) backend.disposeData(draws.dataId);
  return next;
}

/** The tensor itself, as a result of its own. */
const same = (backend: WebgpuBackend, x: tf.TensorInfo): tf.TensorInfo =>
  tf.getKernel('Identity', 'webgpu')!.kernelFunc({
    inputs: { x },
    backend: backend as unknown as tf.KernelBackend,
    attrs: {},
  }) as tf.TensorInfo;

/** `pulsedUpdate` of @txsim/ops. */
export const pulsedUpdate = kernelConfig<Inputs, PulsedUpdateAttributes>('TxPulsedUpdate', update, [
  'trains:x',
  'trains:d',
]);
