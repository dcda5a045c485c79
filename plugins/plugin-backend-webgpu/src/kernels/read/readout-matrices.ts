import type * as tf from '@tensorflow/tfjs';
import {
  input,
  mapLeaves,
  noiseStreams,
  noiseStreamsOf,
  planeName,
  scope,
  type ClosedForm,
  type DrawKey,
  type Expression,
  type MatricesAttributes,
  type NoisyExpression,
} from '@txsim/ops';
import { translate } from '../../wgsl/expression.js';
import { kernelConfig } from '../arguments.js';
import type { WebgpuBackend } from '../backend.js';
import { solved } from '../effective-conductance.js';
import { evaluated, type Evaluation } from '../evaluate.js';
import { Remembered } from '../remembered.js';
import { run, sizeOf, THREADS } from '../shader.js';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;
type Stage = readonly (NoisyExpression | undefined)[];

/** Expressions with, for each of their noise streams, which plane's key it takes, and which of them. */
interface Joined {
  readonly expressions: readonly Expression[];
  readonly keys: readonly (readonly [plane: number, key: number])[];
}

const numbers = new WeakMap<object, number>();
let next = 1;

function numberOf(e: object | undefined): number {
  if (!e) return 0;
  let known = numbers.get(e);
  if (known === undefined) numbers.set(e, (known = next++));
  return known;
}

const streamName = (kind: string, stream: string): string => `${kind}:${stream}`;

/** Planes as the circuit sees them, of the states; put into `into` where that is given. */
function join(conduct: Stage, into?: readonly Expression[]): Joined {
  const planes = conduct.map((stage, p) =>
    stage ? scope(stage.expression, planeName(p), () => false) : input(planeName(p)),
  );
  const origins = new Map(
    conduct.flatMap((stage, p) =>
      (stage ? noiseStreams(stage.expression) : []).map(
        ({ kind, stream }, key) =>
          [streamName(kind, `${planeName(p)}/${stream}`), [p, key] as const] as const,
      ),
    ),
  );
  const plane = new Map(planes.map((e, p) => [planeName(p), e]));
  const expressions =
    into?.map((e) => mapLeaves(e, (leaf) => (leaf.op === 'input' && plane.get(leaf.name)) || leaf)) ?? planes;
  const keys = noiseStreamsOf(expressions).map(({ kind, stream }) => origins.get(streamName(kind, stream))!);
  return { expressions, keys };
}

const joined = new Remembered<Joined>();

function evaluationOf({ conduct, readouts, shape }: MatricesAttributes, whole: boolean): Evaluation {
  const ids = conduct.map((stage) => numberOf(stage?.expression));
  const found = joined.get(readouts, `${whole}|${ids}`, () => join(conduct, whole ? readouts : undefined));
  const keys = found.keys.map(([p, k]): DrawKey => conduct[p]!.keys[k]!);
  return { identity: found, expressions: found.expressions, keys, shape };
}

const codes = new Remembered<string>();

/** A thread makes a cell of every readout, of what `txEffective` says of each plane. */
function combined(functions: string, readouts: readonly Expression[]): string {
  const { statements, results } = translate(readouts, (leaf) => {
    const plane = 'name' in leaf ? leaf.name.slice(planeName(0).length - 1) : '';
    return `txEffective(${plane}u * uniforms.count + at)`;
  });
  return `${functions}
fn main(index : i32) {
  let at = u32(index);
  if (at >= uniforms.count) { return; }
${statements}
${results.map((value, k) => `  matrix${k}[at] = ${value};`).join('\n')}
}
`;
}

/** The planes as one stack of arrays → their readouts, through wires in three programs. */
function throughWires(
  backend: WebgpuBackend,
  planes: tf.TensorInfo,
  wires: ClosedForm,
  { shape, readouts }: MatricesAttributes,
): tf.TensorInfo[] {
  const { functions, inputs, integers, dispose } = solved(backend, planes, wires);
  const room = backend.device.limits.maxStorageBuffersPerShaderStage - Object.keys(inputs).length;
  const groups = readouts.length > room ? readouts.map((readout) => [readout]) : [readouts];
  const count = sizeOf(shape);
  const matrices = groups.flatMap((group) => {
    const of = groups.length > 1 ? group[0]! : readouts;
    const outs = group.map(() => backend.makeTensorInfo([...shape], 'float32'));
    const program = {
      code: codes.get(of, `${wires.rank}`, () => combined(functions, group)),
      inputs,
      integers: { ...integers, count },
      workgroups: Math.ceil(count / THREADS),
      workgroupSize: THREADS,
    };
    run(backend, program, Object.fromEntries(outs.map((out, k) => [`matrix${k}`, out])));
    return outs;
  });
  dispose();
  return matrices;
}

/**
 * `readoutMatrices` of @txsim/ops: one program where wires are ideal, four where they are not: conduct stage, lines, sneak
 * paths and readouts of all planes together.
 */
export const readoutMatrices = kernelConfig<Inputs, MatricesAttributes>(
  'TxReadoutMatrices',
  (backend, inputs, attributes) => {
    const { wires, shape } = attributes;
    if (!wires || sizeOf(shape) === 0) return evaluated(backend, evaluationOf(attributes, true), inputs);
    const stage = { ...evaluationOf(attributes, false), stacked: true };
    const [planes] = evaluated(backend, stage, inputs);
    const matrices = throughWires(backend, planes!, wires, attributes);
    backend.disposeData(planes!.dataId);
    return matrices;
  },
);
