import { PluginError } from '@txsim/core';

/** What a device of the map holds: a conductance in siemens, or an end of the window. */
export type Held = number | 'gMin' | 'gMax';

/** A device that is stuck. */
export interface Fault {
  readonly line: number;
  readonly matrix: string;
  readonly plane: number;
  readonly input: number;
  readonly output: number;
  readonly held: Held;
}

const COLUMNS = ['matrix', 'plane', 'input', 'output', 'held'] as const;

/**
 * Reads a map of stuck devices, CSV, `#` for comments; the first line names the columns:
 *
 *     matrix,plane,input,output,held
 *     dense_Dense1,0,17,3,gMin
 *     dense_Dense1,1,17,4,8.1e-6
 *
 * `held` is gMin, gMax or a conductance in siemens; planes, inputs and outputs count from 0.
 *
 * @param file its name, for messages
 * @throws PluginError DEVICE_MAP_INVALID naming file and line
 */
export function parseFaultMap(text: string, file: string): Fault[] {
  const rows = text
    .split(/\r?\n/)
    .map((line, i) => ({ line: i + 1, cells: line.split(',').map((cell) => cell.trim()), text: line }))
    .filter(({ text: t }) => t.trim() !== '' && !t.startsWith('#'));
  const [header, ...faults] = rows;
  if (header?.cells.join() !== COLUMNS.join())
    invalid(file, `line ${header?.line ?? 1}: expected the columns ${COLUMNS.join()}`);
  return faults.map(({ line, cells }) => {
    if (cells.length !== COLUMNS.length)
      invalid(file, `line ${line}: expected ${COLUMNS.length} values, got ${cells.length}`);
    const [matrix, plane, input, output, held] = cells as [string, string, string, string, string];
    const index = (name: string, cell: string): number =>
      /^\d+$/.test(cell) ? Number(cell) : invalid(file, `line ${line}, ${name}: expected a number from 0, got "${cell}"`); // prettier-ignore
    return {
      line,
      matrix,
      plane: index('plane', plane),
      input: index('input', input),
      output: index('output', output),
      held: heldOf(held) ?? invalid(file, `line ${line}, held: expected gMin, gMax or a conductance > 0 in siemens, got "${held}"`), // prettier-ignore
    };
  });
}

function heldOf(cell: string): Held | undefined {
  if (cell === 'gMin' || cell === 'gMax') return cell;
  const siemens = Number(cell);
  return cell !== '' && siemens > 0 && Number.isFinite(siemens) ? siemens : undefined;
}

/** @throws PluginError DEVICE_MAP_INVALID */
export function invalid(file: string, detail: string, cause?: unknown): never {
  throw new PluginError('DEVICE_MAP_INVALID', file, detail, { cause });
}
