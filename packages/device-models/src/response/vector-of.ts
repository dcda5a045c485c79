import {
  BINARY_ARITHMETIC,
  fillNormal,
  fillUniform,
  noiseStreams,
  operands,
  postorder,
  randomStream,
  UNARY_ARITHMETIC,
  type Expression,
} from '@txsim/ops';

type Vectors = Readonly<Record<string, Float64Array>>;

/** Values for several devices; `draw` says which set of noise. */
export type VectorFunction = (inputs: Vectors, draw: number) => Float64Array;

/**
 * An expression with its noise as a function of vectors, one element per device, in float64. Its streams are those of
 * (seed, purpose, name), the same numbers at every call with the same draw.
 */
export function vectorOf(
  expression: Expression,
  length: number,
  seed: number,
  ...purpose: string[]
): VectorFunction {
  const nodes = postorder(expression);
  const values = new Map(nodes.map((node) => [node, new Float64Array(length)]));
  const noise = noiseStreams(expression).map(({ kind, stream }) => ({
    id: `${kind}:${stream}`,
    fill: kind === 'normal' ? fillNormal : fillUniform,
    random: randomStream(seed, ...purpose, stream),
    numbers: new Float32Array(length),
  }));
  for (const node of nodes) if (node.op === 'constant') values.get(node)!.fill(node.value);
  return (inputs, draw) => {
    for (const { fill, random, numbers } of noise) fill(random, draw, 0, numbers);
    for (const node of nodes) {
      if (node.op === 'constant') continue;
      const into = values.get(node)!;
      if (node.op === 'input') into.set(inputs[node.name]!);
      else if (node.op === 'normal' || node.op === 'uniform')
        into.set(noise.find(({ id }) => id === `${node.op}:${node.stream}`)!.numbers);
      else apply(node, operands(node).map((x) => values.get(x)!), into); // prettier-ignore
    }
    return values.get(expression)!.slice();
  };
}

function apply(node: Expression, [a, b, c]: readonly Float64Array[], into: Float64Array): void {
  const { length } = into;
  if (node.op === 'select') {
    for (let i = 0; i < length; i++) into[i] = a![i] !== 0 ? b![i]! : c![i]!;
  } else if ('b' in node) {
    const operation = BINARY_ARITHMETIC[node.op];
    for (let i = 0; i < length; i++) into[i] = operation(a![i]!, b![i]!);
  } else if ('a' in node) {
    const operation = UNARY_ARITHMETIC[node.op];
    for (let i = 0; i < length; i++) into[i] = operation(a![i]!);
  }
}
