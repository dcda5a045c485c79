import type { DrawKey, Expression, Generator, NoiseStream } from '@txsim/ops';

/** The uniforms of keys, `key<k>_<word>`. */
export const keyIntegers = (keys: readonly DrawKey[]): Record<string, number> =>
  Object.fromEntries(keys.flatMap(({ words }, k) => words.map((word, w) => [`key${k}_${w}`, word])));

/** The number of a leaf's stream, if it is noise. */
export function streamOf(streams: readonly NoiseStream[], leaf: Expression): number {
  return streams.findIndex((s) => s.kind === leaf.op && 'stream' in leaf && s.stream === leaf.stream);
}

/** WGSL: the words that stream k makes of a counter. */
export function wordsOf(generator: Generator, kind: NoiseStream['kind'], k: number, counter: string): string {
  const [a, b, c, d] = [0, 1, 2, 3].map((w) => `uniforms.key${k}_${w}`);
  if (generator === 'feistel') return `txFeistel(${counter}, vec4<u32>(${a}, ${b}, ${c}, ${d}))`;
  return `txPhilox(vec4<u32>(${counter}, ${c}, ${kind === 'normal' ? 1 : 0}u, ${d}), vec2<u32>(${a}, ${b}))`;
}

/** WGSL: the number of an element whose bit 2 is that of `e`, from the pair of words that it shares with a neighbour. */
export const numberOf = (kind: NoiseStream['kind'], pair: string, e: string): string =>
  kind === 'normal'
    ? `txOf(txNormals(${pair}.x, ${pair}.y), ${e})`
    : `txUniform(select(${pair}.x, ${pair}.y, (${e} & 4u) != 0u))`;

/** The half of a pair of numbers that belongs to an element. */
export const PAIRS = `
fn txOf(pair : vec2<f32>, e : u32) -> f32 { return select(pair.x, pair.y, (e & 4u) != 0u); }
`;

/**
 * WGSL functions `txDraw<k>(e : u32) -> f32`: what stream k gives to element e, one at a time and bit for bit the numbers
 * of `randomWords` in @txsim/ops. Where a thread makes a whole block, `evaluateCode` saves half of the work or more.
 */
export function drawFunctions(streams: readonly NoiseStream[], generator: Generator): string {
  const [shift, pair] = generator === 'feistel' ? [3, 'w'] : [4, 'select(w.xy, w.zw, (e & 8u) != 0u)'];
  const functions = streams.map(
    ({ kind }, k) => `
fn txDraw${k}(e : u32) -> f32 {
  let w = ${wordsOf(generator, kind, k, `4u * (e >> ${shift}u) + (e & 3u)`)};
  let pair = ${pair};
  return ${numberOf(kind, 'pair', 'e')};
}`,
  );
  return functions.length > 0 ? PAIRS + functions.join('\n') : '';
}
