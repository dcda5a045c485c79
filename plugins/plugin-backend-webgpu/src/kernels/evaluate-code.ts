import { noiseStreamsOf, type Expression, type Generator, type NoiseStream } from '@txsim/ops';
import { translate } from '../wgsl/expression.js';
import type { Addresses } from './addresses.js';
import type { Place } from './buffers.js';
import { streamOf, wordsOf } from './draws.js';

/**
 * The program that evaluates expressions into the arrays `result0`, `result1`, …. Without noise a thread makes element
 * `i = index`; with noise it makes the n elements of random block `index`, 4n · (index >> 2) + (index & 3) + {0, 4, …},
 * n = 2 for Feistel and 4 for Philox.
 *
 * @param inputs names of the inputs, in the order of `places`
 * @param stacked whether all results lie in `result0`, one behind the other
 */
export function evaluateCode(
  expressions: readonly Expression[],
  inputs: readonly string[],
  addresses: Addresses,
  places: readonly Place[],
  generator: Generator,
  stacked: boolean,
): string {
  const streams = noiseStreamsOf(expressions);
  const { statements, results } = translate(expressions, (leaf) =>
    leaf.op === 'input' ? read(inputs.indexOf(leaf.name), addresses, places) : `n${streamOf(streams, leaf)}`,
  );
  const parameters = ['i : u32', ...streams.map((_, k) => `n${k} : f32`)].join(', ');
  const stores = results.map((value, k) =>
    stacked ? `  result0[${k}u * uniforms.count + i] = ${value};` : `  result${k}[i] = ${value};`,
  );
  return `
fn txElement(${parameters}) {
${addresses.statements}
${statements}
${stores.join('\n')}
}
${streams.length > 0 ? blockwise(streams, generator) : ELEMENTWISE}`;
}

function read(operand: number, { terms }: Addresses, places: readonly Place[]): string {
  const { buffer, offset } = places[operand]!;
  return `in${buffer}[${offset > 0 ? `uniforms.offset${operand} + ` : ''}${terms[operand]!}]`;
}

const ELEMENTWISE = `
fn main(index : i32) {
  let i = u32(index);
  if (i < uniforms.count) { txElement(i); }
}
`;

/** Random words that a generator makes together: the elements that a thread makes where noise is drawn. */
export const WORDS = { feistel: 2, philox: 4 } as const satisfies Record<Generator, number>;

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** Word w of stream k as a number: itself, or one of the pair that it makes with its neighbour. */
function number(kind: NoiseStream['kind'], k: number, w: number): string {
  if (kind === 'uniform') return `txUniform(w${k}.${COMPONENTS[w]!})`;
  const pair = w & ~1;
  return `txNormals(w${k}.${COMPONENTS[pair]!}, w${k}.${COMPONENTS[pair + 1]!}).${w & 1 ? 'y' : 'x'}`;
}

function blockwise(streams: readonly NoiseStream[], generator: Generator): string {
  const count = WORDS[generator];
  const draws = streams.map(({ kind }, k) => `  let w${k} = ${wordsOf(generator, kind, k, 'block')};`);
  const elements = COMPONENTS.slice(0, count).map((_, w) => {
    const values = streams.map(({ kind }, k) => `, ${number(kind, k, w)}`).join('');
    return `  let i${w} = i + ${4 * w}u;\n  if (i${w} < uniforms.count) { txElement(i${w}${values}); }`;
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
