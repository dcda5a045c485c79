/** How an operand moves: floats per row; 0 or 1 per element within a row. */
export interface Walk {
  readonly row: number;
  readonly element: 0 | 1;
}

/** A broadcast evaluation as loops: blocks of `rows` rows of `length` consecutive elements. */
export interface Loops {
  /** For every block, in the order of the output, where each operand starts in it, in floats. */
  readonly offsets: readonly (readonly number[])[];
  readonly rows: number;
  readonly length: number;
  readonly walks: readonly Walk[];
}

interface Dimension {
  size: number;
  readonly strides: number[];
}

/** Strides of a contiguous tensor in an output of rank `rank`; 0 where it broadcasts. */
function stridesOf(shape: readonly number[], rank: number): number[] {
  const strides = new Array<number>(rank).fill(0);
  let stride = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] !== 1) strides[rank - shape.length + d] = stride;
    stride *= shape[d]!;
  }
  return strides;
}

function checked(shape: readonly number[], output: readonly number[]): readonly number[] {
  const fits = shape.every((size, d) => size === 1 || size === output[output.length - shape.length + d]);
  if (shape.length > output.length || !fits) {
    throw new Error(`an input of shape [${shape.join()}] does not broadcast to [${output.join()}]`);
  }
  return shape;
}

/** Dimensions of size 1 fall out, neighbours through which every operand runs evenly become one. */
function collapse(output: readonly number[], strides: readonly (readonly number[])[]): Dimension[] {
  const dimensions: Dimension[] = [];
  output.forEach((size, d) => {
    if (size === 1) return;
    const here = strides.map((s) => s[d]!);
    const last = dimensions.at(-1);
    if (last && here.every((stride, k) => last.strides[k] === stride * size)) {
      last.size *= size;
      here.forEach((stride, k) => (last.strides[k] = stride));
    } else dimensions.push({ size, strides: here });
  });
  return dimensions;
}

/** Where the operands stand at every position of the given dimensions; the last one runs fastest. */
const offsetsOf = (
  dimensions: readonly Dimension[],
  start: readonly number[],
): readonly (readonly number[])[] =>
  dimensions.reduce<readonly (readonly number[])[]>(
    (offsets, { size, strides }) =>
      offsets.flatMap((offset) =>
        Array.from({ length: size }, (_, i) => offset.map((at, k) => at + i * strides[k]!)),
      ),
    [start],
  );

/** The loops that evaluate operands of these shapes for every element of `output`. */
export function loopsOf(output: readonly number[], shapes: readonly (readonly number[])[]): Loops {
  const strides = shapes.map((shape) => stridesOf(checked(shape, output), output.length));
  const none: Dimension = { size: 1, strides: shapes.map(() => 0) };
  const dimensions = collapse(output, strides);
  const inner = dimensions.pop() ?? none;
  const row = dimensions.pop() ?? none;
  return {
    offsets: offsetsOf(dimensions, none.strides),
    rows: row.size,
    length: inner.size,
    walks: shapes.map((_, k) => ({
      row: row.strides[k]!,
      element: inner.strides[k] === 0 ? 0 : 1,
    })),
  };
}
