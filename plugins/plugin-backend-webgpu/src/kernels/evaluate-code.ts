import { inputNames, noiseStreams, type Expression } from '@txsim/ops';
import { translate } from '../wgsl/expression.js';
import type { Addresses } from './addresses.js';
import type { Place } from './buffers.js';

/**
 * The program that evaluates an expression. Without noise a thread makes element `i = index`; with noise it makes the
 * four elements of random block `index`, 16 · (index >> 2) + (index & 3) + {0, 4, 8, 12}.
 */
export function evaluateCode(expression: Expression, addresses: Addresses, places: readonly Place[]): string {
  const inputs = inputNames(expression);
  const streams = noiseStreams(expression);
  const { statements, result } = translate(expression, (leaf) => {
    if (leaf.op === 'input') return read(inputs.indexOf(leaf.name), addresses, places);
    return `n${streams.findIndex((s) => s.kind === leaf.op && 'stream' in leaf && s.stream === leaf.stream)}`;
  });
  const parameters = ['i : u32', ...streams.map((_, k) => `n${k} : f32`)].join(', ');
  return `
fn txValue(${parameters}) -> f32 {
${addresses.statements}
${statements}
  return ${result};
}
${streams.length > 0 ? blockwise(streams.map((s) => s.kind)) : ELEMENTWISE}`;
}

function read(operand: number, { terms }: Addresses, places: readonly Place[]): string {
  const { buffer, offset } = places[operand]!;
  return `in${buffer}[${offset > 0 ? `uniforms.offset${operand} + ` : ''}${terms[operand]!}]`;
}

const ELEMENTWISE = `
fn main(index : i32) {
  let i = u32(index);
  if (i < uniforms.count) { result[i] = txValue(i); }
}
`;

const DRAW = { normal: 'txNormals', uniform: 'txUniforms' } as const;

function blockwise(kinds: readonly (keyof typeof DRAW)[]): string {
  const draws = kinds.map((kind, k) => {
    const key = `vec2<u32>(uniforms.key${k}_0, uniforms.key${k}_1)`;
    return `  let r${k} = ${DRAW[kind]}(block, ${key}, vec2<u32>(uniforms.draw0, uniforms.draw1));`;
  });
  const elements = ['x', 'y', 'z', 'w'].map((word, w) => {
    const values = kinds.map((_, k) => `, r${k}.${word}`).join('');
    return `  let i${w} = i + ${4 * w}u;\n  if (i${w} < uniforms.count) { result[i${w}] = txValue(i${w}${values}); }`;
  });
  return `
fn main(index : i32) {
  let block = u32(index);
  let i = ((block >> 2u) << 4u) + (block & 3u);
  if (i >= uniforms.count) { return; }
${draws.join('\n')}
${elements.join('\n')}
}
`;
}
