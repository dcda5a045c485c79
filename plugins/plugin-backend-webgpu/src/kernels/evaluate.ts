import type * as tf from '@tensorflow/tfjs';
import {
  inputNames,
  noiseStreams,
  noiseStreamsOf,
  type DrawKey,
  type EvaluateAllAttributes,
  type EvaluateAttributes,
  type Expression,
  type Generator,
} from '@txsim/ops';
import { addressesOf } from './addresses.js';
import { kernelConfig } from './arguments.js';
import type { WebgpuBackend } from './backend.js';
import { dimensionsOf } from './broadcast.js';
import { pack, withBuffers, type Packing } from './buffers.js';
import { keyIntegers } from './draws.js';
import { evaluateCode, WORDS } from './evaluate-code.js';
import { Remembered } from './remembered.js';
import { run, sizeOf, THREADS } from './shader.js';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** Expressions for given shapes, ready to run. */
interface Plan {
  readonly code: string;
  readonly packing: Packing;
  /** All uniforms but the keys and the number of the draw. */
  readonly integers: Readonly<Record<string, number>>;
  readonly workgroups: number;
}

/** What is to be evaluated. */
export interface Evaluation {
  /** What stands for the expressions and never changes: plans are found by it. */
  readonly identity: object;
  readonly expressions: readonly Expression[];
  readonly shape: readonly number[];
  /** Of `noiseStreamsOf(expressions)`. */
  readonly keys: readonly DrawKey[];
  /** Whether the results are one tensor, [expressions, …shape]. */
  readonly stacked?: boolean;
}

function planOf(
  { expressions, shape, keys, stacked = false }: Evaluation,
  names: readonly string[],
  shapes: readonly (readonly number[])[],
  buffers: number,
): Plan {
  const generator = generatorOf(keys);
  const packing = pack(shapes.map(sizeOf), buffers);
  const addresses = addressesOf(dimensionsOf(shape, shapes), shapes.length);
  const count = sizeOf(shape);
  const offsets = packing.places.flatMap(({ offset }, k) =>
    offset > 0 ? [[`offset${k}`, offset] as const] : [],
  );
  const noisy = noiseStreamsOf(expressions).length > 0;
  const perThread = noisy ? WORDS[generator] : 1;
  const threads = noisy ? 4 * Math.ceil(count / (4 * perThread)) : count;
  return {
    code: evaluateCode(expressions, names, addresses, packing.places, generator, stacked),
    packing,
    integers: { count, ...addresses.integers, ...Object.fromEntries(offsets) },
    workgroups: Math.ceil(threads / THREADS),
  };
}

const generatorOf = (keys: readonly DrawKey[]): Generator => keys[0]?.generator ?? 'feistel';

const namesOf = (expressions: readonly Expression[]): string[] => [
  ...new Set(expressions.flatMap(inputNames)),
];

const plans = new Remembered<Plan>();
const names = new Remembered<readonly string[]>();

/** Each expression by itself: there are more than a program may have results. */
function singly({ expressions, shape, keys }: Evaluation): Evaluation[] {
  const all = noiseStreamsOf(expressions);
  return expressions.map((e) => {
    const own = noiseStreams(e).map((s) => all.findIndex((x) => x.kind === s.kind && x.stream === s.stream));
    return { identity: e, expressions: [e], shape, keys: own.map((k) => keys[k]!) };
  });
}

/** Expressions as one program, noise included, compiled when it is first seen. */
export function evaluated(backend: WebgpuBackend, evaluation: Evaluation, inputs: Inputs): tf.TensorInfo[] {
  const { identity, expressions, shape, keys, stacked = false } = evaluation;
  const used = names.get(identity, '', () => namesOf(expressions));
  const operands = used.map((name) => inputs[name]!);
  const shapes = operands.map((t) => t.shape);
  const made = stacked ? [[expressions.length, ...shape]] : expressions.map(() => [...shape]);
  const available = backend.device.limits.maxStorageBuffersPerShaderStage - made.length;
  if (available < 1) return singly(evaluation).flatMap((part) => evaluated(backend, part, inputs));
  const key = `${generatorOf(keys)}|${stacked}|${available}|${shape}|${shapes.join('|')}`;
  const plan = plans.get(identity, key, () => planOf(evaluation, used, shapes, available));
  const none = sizeOf(shape) === 0 ? new Float32Array(0) : undefined;
  const results = made.map((of) => backend.makeTensorInfo(of, 'float32', none));
  if (none) return results;
  withBuffers(backend, plan.packing, operands, (buffers) => {
    const program = {
      code: plan.code,
      inputs: Object.fromEntries(buffers.map((buffer, k) => [`in${k}`, buffer])),
      integers: { ...plan.integers, ...keyIntegers(keys) },
      workgroups: plan.workgroups,
      workgroupSize: THREADS,
    };
    run(backend, program, Object.fromEntries(results.map((result, k) => [`result${k}`, result])));
  });
  return results;
}

/** `evaluate` of @txsim/ops. */
export const evaluate = kernelConfig<Inputs, EvaluateAttributes>(
  'TxEvaluate',
  (backend, inputs, { expression, ...rest }) =>
    evaluated(backend, { identity: expression, expressions: [expression], ...rest }, inputs)[0]!,
);

/** `evaluateAll` of @txsim/ops. */
export const evaluateAll = kernelConfig<Inputs, EvaluateAllAttributes>(
  'TxEvaluateAll',
  (backend, inputs, attributes) =>
    evaluated(backend, { identity: attributes.expressions, ...attributes }, inputs),
);
