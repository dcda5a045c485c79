import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { CellCurve, CrossbarProblem } from '@txsim/circuit-models';
import { InputError } from '../output/input-error.js';
import { quantity } from '../output/quantity.js';
import { printResult } from '../output/result.js';
import { writeAtomically } from '../run/write-atomically.js';
import { pageOf, type Picture, svgOf } from './draw.js';
import { blockOf } from './heat-map.js';
import { type CellMap, cellMaps, type MapRequest, type Quantity, rangeOf } from './maps.js';
import { namingFile, type NamedProblem, readProblem } from './read-problem.js';

/** `txsim array plot` as it was typed. */
export interface ArrayPlotRequest {
  readonly what: Quantity;
  readonly vector?: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly backward?: boolean;
  readonly json?: boolean;
}

const DRAWN_BY: Record<string, (picture: Picture) => Promise<string>> = { '.svg': svgOf, '.html': pageOf };

/** `txsim array plot` */
export async function plot(file: string, request: ArrayPlotRequest): Promise<void> {
  const { what, vector = 0, backward = false, json } = request;
  const out = request.out ?? `${file === '-' ? 'array' : basename(file, extname(file))}-${what}.svg`;
  const draw = checkOut(out, request);
  const named = await readProblem(file, backward);
  const mapped = { what, vector, backward };
  checkVector(named, request);
  const maps = namingFile(named.name, () => cellMaps(named.problem, mapped));
  const title = `${named.name}${what === 'loss' ? '' : `, voltages[${vector}]`}`;
  await writeAtomically(out, await draw({ title, notes: notesOf(named.problem, mapped), maps }));
  const ranges = maps.map((map) => ({ title: map.title, unit: map.unit, ...rangeOf(map) }));
  printResult({ file: out, what, ...(what !== 'loss' && { vector }), maps: ranges }, json, () =>
    [out, ...maps.map((map) => `  ${inWords(map)}`)].join('\n'),
  );
}

function checkOut(out: string, { force }: ArrayPlotRequest) {
  const draw = DRAWN_BY[extname(out).toLowerCase()];
  if (!draw) throw new InputError(`--out ${out}: must end in .svg or .html`);
  if (!force && existsSync(out)) {
    throw new InputError(`${out}: is there already, and is not overwritten without --force`);
  }
  return draw;
}

function checkVector({ name, problem: { voltages } }: NamedProblem, { what, vector }: ArrayPlotRequest) {
  if (vector === undefined) return;
  if (what === 'loss') throw new InputError('--vector: the loss is the same for every vector of voltages');
  if (vector >= voltages.length) {
    throw new InputError(
      `--vector ${vector}: ${name} has ${voltages.length}, counted from 0 to ${voltages.length - 1}`,
    );
  }
}

/** What a reader of the picture needs to know of the circuit. */
function notesOf(
  { conductances, wire, source, sink, iv }: CrossbarProblem,
  { what, backward }: MapRequest,
): string[] {
  const [rows, columns] = [conductances.length, conductances[0]!.length];
  const ohms = (value: number) => quantity(value, 'Ω');
  const wires = `wires ${ohms(wire.row)} and ${ohms(wire.column)} per segment of word and bit lines`;
  const ends = `source ${ohms(source)} at the left, sink ${ohms(sink)} at the bottom`;
  const block = blockOf(rows, columns);
  return [
    `${rows} × ${columns}, ${wires}`,
    what === 'loss' ? ends : `${ends}; the ${backward ? 'bit' : 'word'} lines are driven`,
    ...(iv && what === 'loss' ? ['of the cells as they are at small voltages'] : []),
    ...(iv && what !== 'loss' ? [curveInWords(iv)] : []),
    ...(what === 'loss' && conductances.some((row) => Array.from(row).includes(0)) ? ['open cells are grey'] : []), // prettier-ignore
    ...(block > 1 ? [`each cell of the picture is the mean of ${block} × ${block}`] : []),
  ];
}

function inWords(map: CellMap): string {
  const range = rangeOf(map);
  if (!range) return `${map.title}: no cell conducts`;
  return `${map.title}: ${quantity(range.least, map.unit)} to ${quantity(range.most, map.unit)}`;
}

function curveInWords(iv: CellCurve): string {
  if (iv.kind === 'expression') return 'G f(V), f as the file has it';
  return iv.kind === 'sinh' ? `G sinh(βV)/β, β = ${iv.beta}/V` : `G (V − cV³), c = ${iv.c}/V²`;
}
