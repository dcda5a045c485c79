import { inputNames, noiseStreams, type Expression, type Generator, type NoiseStream } from '@txsim/ops';
import { translate } from '../wgsl/expression.js';
import type { Addresses } from './addresses.js';
import type { Place } from './buffers.js';

/**
 * The program that evaluates an expression. Without noise a thread makes element `i = index`; with noise it makes the
 * n elements of random block `index`, 4n · (index >> 2) + (index & 3) + {0, 4, …}, n = 2 for Feistel and 4 for Philox.
 */
export function evaluateCode(
  expression: Expression,
  addresses: Addresses,
  places: readonly Place[],
  generator: Generator,
): string {
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
${
  streams.length > 0
    ? blockwise(
        streams.map((s) => s.kind),
        generator,
      )
    : ELEMENTWISE
}`;
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

/** Random words that a generator makes together: the elements that a thread makes where noise is drawn. */
export const WORDS = { feistel: 2, philox: 4 } as const satisfies Record<Generator, number>;

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** The words of stream k for the thread's block, `w<k>`. */
const words = (generator: Generator, kind: NoiseStream['kind'], k: number): string => {
  const [a, b, c, d] = COMPONENTS.map((_, w) => `uniforms.key${k}_${w}`);
  if (generator === 'feistel') return `txFeistel(block, vec4<u32>(${a}, ${b}, ${c}, ${d}))`;
  return `txPhilox(vec4<u32>(block, ${c}, ${kind === 'normal' ? 1 : 0}u, ${d}), vec2<u32>(${a}, ${b}))`;
};

/** Word w of stream k as a number: itself, or one of the pair that it makes with its neighbour. */
function number(kind: NoiseStream['kind'], k: number, w: number): string {
  if (kind === 'uniform') return `txUniform(w${k}.${COMPONENTS[w]!})`;
  const pair = w & ~1;
  return `txNormals(w${k}.${COMPONENTS[pair]!}, w${k}.${COMPONENTS[pair + 1]!}).${w & 1 ? 'y' : 'x'}`;
}

function blockwise(kinds: readonly NoiseStream['kind'][], generator: Generator): string {
  const count = WORDS[generator];
  const draws = kinds.map((kind, k) => `  let w${k} = ${words(generator, kind, k)};`);
  const elements = COMPONENTS.slice(0, count).map((_, w) => {
    const values = kinds.map((kind, k) => `, ${number(kind, k, w)}`).join('');
    return `  let i${w} = i + ${4 * w}u;\n  if (i${w} < uniforms.count) { result[i${w}] = txValue(i${w}${values}); }`;
  });
  return `
fn main(index : i32) {
  let block = u32(index);
  let i = (block >> 2u) * ${4 * count}u + (block & 3u);
  if (i >= uniforms.count) { return; }
${draws.join('\n')}
${elements.join('\n')}
}
`;
}
