import { dataset } from '@txsim/core';
import { fillUniform } from '@txsim/ops';
import { z } from 'zod';
import { invalid, read } from './invalid.js';
import { checkTable, cut, type Table } from './table.js';

/** Numbers in rows, one of the columns the class. */
export const csv = dataset({
  id: 'csv',
  description:
    'A table of numbers with commas, one column of which is the class; cut into training and test rows.',
  config: z.strictObject({
    file: z
      .string()
      .default('data.csv')
      .describe('the file, UTF-8; a first line without numbers names the columns'),
    label: z
      .union([z.string(), z.int()])
      .default(-1)
      .describe('column of the class, 0, 1, 2 …: its name, or its number, from the end where negative'),
    testShare: z.number().gt(0).lt(1).default(0.2).describe('fraction of the rows that is tested on'),
    scale: z.number().positive().default(1).describe('features are divided by it'),
  }),
  create: ({ config: { file, label, testShare, scale }, readFile, random }) => ({
    load: async () => {
      const bytes = await read(readFile, file, 'Paths are relative to the stack file.');
      const table = parseCsv(new TextDecoder().decode(bytes), file, label, scale);
      const order = new Float32Array(table.labels.length);
      fillUniform(random('split'), 0, 0, order);
      return cut(table, testShare, order, file);
    },
  }),
});

/** @throws PluginError DATASET_INVALID naming file, line and column */
export function parseCsv(text: string, file: string, label: string | number, scale = 1): Table {
  const lines = text.split(/\r?\n/).map((line) => line.split(',').map((cell) => cell.trim()));
  const rows = lines.map((cells, i) => ({ cells, line: i + 1 })).filter(({ cells }) => cells.join('') !== '');
  const header = rows[0]?.cells.every((cell) => Number.isNaN(Number(cell))) ? rows.shift()!.cells : undefined;
  if (rows.length === 0) invalid(file, 'has no rows');
  const width = rows[0]!.cells.length;
  const column = columnOf(label, header, width, file);
  const features = new Float32Array(rows.length * (width - 1));
  const labels = new Int32Array(rows.length);
  rows.forEach(({ cells, line }, r) => {
    if (cells.length !== width) invalid(file, `line ${line}: expected ${width} columns, got ${cells.length}`);
    let at = r * (width - 1);
    cells.forEach((cell, c) => {
      const value = Number(cell);
      if (cell === '' || Number.isNaN(value)) invalid(file, `line ${line}, column ${c + 1}: expected a number, got "${cell}"`); // prettier-ignore
      if (c !== column) features[at++] = value / scale;
      else if (Number.isInteger(value)) labels[r] = value;
      else invalid(file, `line ${line}, column ${c + 1}: a class is a whole number, got ${cell}`);
    });
  });
  const table = { inputShape: [width - 1], features, labels };
  checkTable(table, file);
  return table;
}

function columnOf(
  label: string | number,
  header: readonly string[] | undefined,
  width: number,
  file: string,
): number {
  // prettier-ignore
  const column = typeof label === 'number' ? (label < 0 ? width + label : label) : (header?.indexOf(label) ?? -1);
  if (column < 0 || column >= width) {
    invalid(file, `has no column ${JSON.stringify(label)}; it has ${header?.join(', ') ?? `${width} columns without names`}`); // prettier-ignore
  }
  if (width < 2) invalid(file, 'has one column, the class; there is nothing to learn from');
  return column;
}
