import type * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.js';
import { run, sizeOf } from './shader.js';

/** A batch of products: result[z, m, n] = Σₖ left(z, m, k) · right(z, k, n). */
export interface MatrixProduct {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  /** Body of `fn txLeft(z, m, k) -> f32`, 0 where there is nothing; m < rows and k < depth need not hold. */
  readonly left: string;
  /** Body of `fn txRight(z, k, n) -> f32`, likewise. */
  readonly right: string;
  /** Along which index neighbours in memory lie, so that neighbouring threads read neighbours. */
  readonly along: { readonly left: 'm' | 'k'; readonly right: 'k' | 'n' };
  readonly batch: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  /** Further uniforms. */
  readonly integers: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
  /** Body of `fn txStore(z, m, n, at, sum)`, which keeps a sum as element `at` of the result; `result[at] = sum` */
  readonly store?: string;
  /** Functions that `left`, `right` and `store` call. */
  readonly functions?: string;
}

/** A workgroup has EDGE × EDGE threads and goes through the depth in steps of EDGE. */
const EDGE = 16;

/** Rows, or columns, that one thread makes. */
const perThread = (length: number): number => (length <= EDGE ? 1 : length <= 2 * EDGE ? 2 : 4);

/** Copies a block of EDGE × `length` values into workgroup memory, k the slower index there. */
const load = (
  name: 'Left' | 'Right',
  to: string,
  length: number,
  along: string,
  index: 'm' | 'n',
): string => {
  const [slow, fast] = along === 'k' ? [index, 'k'] : ['k', index];
  const width = fast === 'k' ? EDGE : length;
  const call = name === 'Left' ? 'txLeft(z, m0 + m, k0 + k)' : 'txRight(z, k0 + k, n0 + n)';
  return `
    for (var e = localIndex; e < ${EDGE * length}u; e += ${EDGE * EDGE}u) {
      let ${fast} = e % ${width}u;
      let ${slow} = e / ${width}u;
      ${to}[k * ${length + 1}u + ${index}] = ${call};
    }`;
};

function main(M: number, N: number, along: MatrixProduct['along']): string {
  const [perM, perN] = [M / EDGE, N / EDGE];
  return `
var<workgroup> leftBlock : array<f32, ${EDGE * (M + 1)}>;
var<workgroup> rightBlock : array<f32, ${EDGE * (N + 1)}>;

fn main(index : i32) {
  let group = u32(index) / ${EDGE * EDGE}u;
  let across = (uniforms.columns + ${N - 1}u) / ${N}u;
  let down = (uniforms.rows + ${M - 1}u) / ${M}u;
  let z = group / (across * down);
  let m0 = (group / across) % down * ${M}u;
  let n0 = group % across * ${N}u;
  let x = localIndex % ${EDGE}u;
  let y = localIndex / ${EDGE}u;
  var sums : array<f32, ${perM * perN}>;
  for (var k0 = 0u; k0 < uniforms.depth; k0 += ${EDGE}u) {
    ${load('Left', 'leftBlock', M, along.left, 'm')}
    ${load('Right', 'rightBlock', N, along.right, 'n')}
    workgroupBarrier();
    for (var k = 0u; k < ${EDGE}u; k++) {
      for (var a = 0u; a < ${perM}u; a++) {
        let value = leftBlock[k * ${M + 1}u + y + a * ${EDGE}u];
        for (var b = 0u; b < ${perN}u; b++) {
          sums[a * ${perN}u + b] += value * rightBlock[k * ${N + 1}u + x + b * ${EDGE}u];
        }
      }
    }
    workgroupBarrier();
  }
  for (var a = 0u; a < ${perM}u; a++) {
    for (var b = 0u; b < ${perN}u; b++) {
      let m = m0 + y + a * ${EDGE}u;
      let n = n0 + x + b * ${EDGE}u;
      if (z < uniforms.batch && m < uniforms.rows && n < uniforms.columns) {
        txStore(z, m, n, (z * uniforms.rows + m) * uniforms.columns + n, sums[a * ${perN}u + b]);
      }
    }
  }
}
`;
}

const KEEP = '  result[at] = sum;';

/** A product into a tensor of its own. */
export function matrixProduct(
  backend: WebgpuBackend,
  p: MatrixProduct,
  shape: readonly number[],
): tf.TensorInfo {
  const size = sizeOf(shape);
  if (size === 0 || p.depth === 0)
    return backend.makeTensorInfo([...shape], 'float32', new Float32Array(size));
  const result = backend.makeTensorInfo([...shape], 'float32');
  matrixProductInto(backend, p, result);
  return result;
}

/** Codes that are remembered: the constants of readouts are part of them. */
const KEPT = 512;

/** Codes by what they are made of. */
const codes = new Map<string, string>();

function codeOf(
  { left, right, along, functions = '', store = KEEP }: MatrixProduct,
  M: number,
  N: number,
): string {
  const key = [M, N, along.left, along.right, left, right, functions, store].join('|');
  let code = codes.get(key);
  if (code === undefined) {
    code = `${functions}
fn txLeft(z : u32, m : u32, k : u32) -> f32 {
  if (z >= uniforms.batch || m >= uniforms.rows || k >= uniforms.depth) { return 0.0; }
${left}
}
fn txRight(z : u32, k : u32, n : u32) -> f32 {
  if (z >= uniforms.batch || k >= uniforms.depth || n >= uniforms.columns) { return 0.0; }
${right}
}
fn txStore(z : u32, m : u32, n : u32, at : u32, sum : f32) {
${store}
}
${main(M, N, along)}`;
    if (codes.size >= KEPT) codes.clear();
    codes.set(key, code);
  }
  return code;
}

/** The products, blocked through workgroup memory; a workgroup makes up to 64 × 64 results. */
export function matrixProductInto(backend: WebgpuBackend, p: MatrixProduct, result: tf.TensorInfo): void {
  const { batch, rows, depth, columns } = p;
  const M = EDGE * perThread(rows);
  const N = EDGE * perThread(columns);
  const program = {
    code: codeOf(p, M, N),
    inputs: p.inputs,
    integers: { batch, rows, depth, columns, ...p.integers },
    ...(p.floats && { floats: p.floats }),
    workgroups: batch * Math.ceil(rows / M) * Math.ceil(columns / N),
    workgroupSize: EDGE * EDGE,
  };
  run(backend, program, { result });
}
