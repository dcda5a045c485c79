/** One dimension of an evaluation: its size, and by how much each operand moves along it (0 where it broadcasts). */
export interface Dimension {
  readonly size: number;
  readonly strides: readonly number[];
}

/** Strides of a contiguous tensor within an output of rank `rank`; 0 where it broadcasts. */
function stridesOf(shape: readonly number[], rank: number): number[] {
  const strides = new Array<number>(rank).fill(0);
  let stride = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] !== 1) strides[rank - shape.length + d] = stride;
    stride *= shape[d]!;
  }
  return strides;
}

function check(shape: readonly number[], output: readonly number[]): void {
  const fits = shape.every((size, d) => size === 1 || size === output[output.length - shape.length + d]);
  if (shape.length > output.length || !fits)
    throw new Error(`an input of shape [${shape.join()}] does not broadcast to [${output.join()}]`);
}

/**
 * The fewest dimensions that describe how operands of these shapes broadcast to `output`: dimensions of size 1 fall
 * out, neighbours through which every operand and the output run evenly become one.
 *
 * @throws Error if a shape does not broadcast to `output`
 */
export function dimensionsOf(
  output: readonly number[],
  shapes: readonly (readonly number[])[],
): readonly Dimension[] {
  shapes.forEach((shape) => check(shape, output));
  const strides = shapes.map((shape) => stridesOf(shape, output.length));
  const dimensions: Dimension[] = [];
  output.forEach((size, d) => {
    if (size === 1) return;
    const here = strides.map((s) => s[d]!);
    const last = dimensions.at(-1);
    if (last && here.every((stride, k) => last.strides[k] === stride * size))
      dimensions[dimensions.length - 1] = { size: last.size * size, strides: here };
    else dimensions.push({ size, strides: here });
  });
  return dimensions;
}
