/** Transposition in registers: four vectors of four lanes, read and written through pointers. */
export class Block {
  /** to[j, i] = from[i, j] for a 4 × 4 block. */
  @inline static transpose(from: usize, fromStride: usize, to: usize, toStride: usize): void {
    const a = v128.load(from);
    const b = v128.load(from + fromStride);
    const c = v128.load(from + 2 * fromStride);
    const d = v128.load(from + 3 * fromStride);
    const ab0 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const ab1 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const cd0 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const cd1 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(ab0, cd0, 0, 2));
    v128.store(to + toStride, v128.shuffle<i64>(ab0, cd0, 1, 3));
    v128.store(to + 2 * toStride, v128.shuffle<i64>(ab1, cd1, 0, 2));
    v128.store(to + 3 * toStride, v128.shuffle<i64>(ab1, cd1, 1, 3));
  }
}

/** to[j, i] = from[i, j] for i < rows, j < columns; any sizes. */
export function transpose(
  rows: i32,
  columns: i32,
  from: usize,
  fromStride: usize,
  to: usize,
  toStride: usize,
): void {
  const blockRows = rows & ~3;
  const blockColumns = columns & ~3;
  for (let i = 0; i < blockRows; i += 4) {
    let source = from + i * fromStride;
    let target = to + 4 * i;
    for (let j = 0; j < blockColumns; j += 4) {
      Block.transpose(source, fromStride, target, toStride);
      source += 16;
      target += 4 * toStride;
    }
  }
  transposeOneByOne(0, rows, blockColumns, columns, from, fromStride, to, toStride);
  transposeOneByOne(blockRows, rows, 0, blockColumns, from, fromStride, to, toStride);
}

function transposeOneByOne(
  firstRow: i32,
  rows: i32,
  firstColumn: i32,
  columns: i32,
  from: usize,
  fromStride: usize,
  to: usize,
  toStride: usize,
): void {
  for (let i = firstRow; i < rows; i++) {
    for (let j = firstColumn; j < columns; j++) {
      store<f32>(to + j * toStride + 4 * i, load<f32>(from + i * fromStride + 4 * j));
    }
  }
}
