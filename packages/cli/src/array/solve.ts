import { type ArraySolution, solveArray, type SolveMethod } from '@txsim/circuit-models';
import { InputError } from '../output/input-error.js';
import { printResult } from '../output/result.js';
import { table } from '../output/table.js';
import { namingFile, readProblem } from './read-problem.js';

/** `txsim array solve` as it was typed. */
export interface ArraySolveRequest {
  readonly method: SolveMethod;
  readonly tolerance?: number;
  readonly pairs?: boolean;
  readonly backward?: boolean;
  readonly json?: boolean;
}

/** `txsim array solve` */
export async function solve(file: string, request: ArraySolveRequest): Promise<void> {
  checkRequest(request);
  const { method: requested, tolerance, pairs = false, backward = false, json } = request;
  const { name, problem } = await readProblem(file, backward);
  const options = {
    method: requested,
    backward,
    ...(tolerance !== undefined && { tolerance }),
    ...(pairs && { pairs: 'adjacentColumns' as const }),
  };
  const started = performance.now();
  const solution = namingFile(name, () => solveArray(problem, options));
  const seconds = (performance.now() - started) / 1000;
  printResult({ requested, ...solution, seconds }, json, () => inWords(requested, solution));
}

/** Options that the method would not look at are refused: whoever gives them expects an effect. */
function checkRequest({ method, tolerance, pairs }: ArraySolveRequest): void {
  if (tolerance !== undefined && method !== 'exact' && method !== 'auto') {
    throw new InputError(`--tolerance: is for --method exact and auto; ${method} has none`);
  }
  if (pairs && method !== 'auto') {
    throw new InputError(`--pairs: is what --method auto measures its error of; ${method} measures none`);
  }
}

function inWords(requested: SolveMethod, solution: ArraySolution): string {
  const { method, cells, severity, currents } = solution;
  const curve = cells ? [['cells', `${cells.treatment} (bend ${plain(cells.bend)})`]] : [];
  const notes = [
    ['method', method === requested ? method : `${method}, chosen by ${requested}`],
    ...curve,
    ['error', errorInWords(solution)],
    ...measuredInWords(solution),
    ['severity', plain(severity)],
  ];
  const rows = currents.map((vector) => vector.map((current) => current.toExponential(6)));
  return [table(notes), '', 'currents in amperes, one line per vector', table(rows)].join('\n');
}

const WORTH = {
  proved: 'proved',
  estimate: 'an estimate from other arrays',
  measured: 'three times the worst that was measured',
} as const;

function errorInWords({ errorBound, errorKind }: ArraySolution): string {
  const kind = errorKind === 'proved' ? 'at most' : 'about';
  return `${kind} ${errorBound.toExponential(1)} A (${WORTH[errorKind]})`;
}

function measuredInWords({ method, measured }: ArraySolution): string[][] {
  if (!measured) return [];
  const { error, vectors, differential, rejected } = measured;
  const of = differential ? 'differences of adjacent columns' : 'currents';
  const rows = rejected.map((tried) => ['rejected', `${tried.method}: ${percent(tried.error)} of the ${of}`]);
  if (method === 'exact') return rows;
  return [...rows, ['measured', `${percent(error)} of the ${of}, on ${vectors} vectors`]];
}

const plain = (value: number): string => String(Number(value.toPrecision(3)));
const percent = (fraction: number): string => `${plain(fraction * 100)} %`;
