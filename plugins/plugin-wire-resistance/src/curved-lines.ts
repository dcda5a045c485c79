import { CELL_VOLTS, type CurvedCells } from '@txsim/core';
import {
  add,
  derivative,
  divide,
  evaluate,
  evaluateAll,
  input,
  maximum,
  minimum,
  multiply,
  negate,
  substitute,
  subtract,
  type Expression,
  type LineResistances,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** Circuits of lines and cells G · f(V), with what backends run of them in single loops. */
export interface CurvedCircuit {
  readonly lines: LineResistances;
  /** f and f′, expressions of the volts across a cell. */
  readonly current: Expression;
  readonly slope: Expression;
  readonly readVoltage: number;
  /** (g, u, v, span) → the slope of a cell at u − v, and what it draws from its word line, or its bit line, besides. */
  readonly words: readonly Expression[];
  readonly bits: readonly Expression[];
}

/** The circuits of arrays between wires. */
export function curvedCircuit(cells: CurvedCells, lines: LineResistances): CurvedCircuit {
  const { current, readVoltage } = cells;
  const slope = derivative(current, CELL_VOLTS);
  const [g, u, v, span] = ['g', 'u', 'v', 'span'].map(input) as [Expression, ...Expression[]] as Expression[];
  // No cell sees more than the largest voltage between two lines.
  const across = minimum(maximum(subtract(u!, v!), negate(span!)), span!);
  const at = (f: Expression): Expression => substitute(f, { [CELL_VOLTS]: across });
  const steepness = multiply(g!, at(slope));
  const rest = subtract(multiply(g!, at(current)), multiply(steepness, across));
  return {
    lines,
    current,
    slope,
    readVoltage,
    words: [steepness, subtract(rest, multiply(steepness, v!))],
    bits: [steepness, negate(add(rest, multiply(steepness, u!)))],
  };
}

/** The value of an expression of a cell's voltage for volts of any shape. */
export const of = (expression: Expression, volts: tf.Tensor): tf.Tensor =>
  evaluate(expression, { [CELL_VOLTS]: volts }, volts.shape);

/** The state of circuits [S, M, N]. */
export interface CircuitState {
  readonly g: tf.Tensor;
  /** Volts at the nodes of word and bit lines. */
  readonly u: tf.Tensor;
  readonly v: tf.Tensor;
  /** The largest voltage between two lines, [S, 1, 1] or a scalar. */
  readonly span: tf.Tensor;
}

/**
 * Newton's step for the word lines: cells are their tangents at u − v, and every line is solved exactly for volts [S, M]
 * at its source.
 *
 * @returns u [S, M, N]
 */
export function wordLines(
  volts: tf.Tensor,
  { g, u, v, span }: CircuitState,
  circuit: CurvedCircuit,
): tf.Tensor {
  const { row, rowEnd } = circuit.lines;
  const [slopes, sources] = evaluateAll(circuit.words, { g, u, v, span }, g.shape);
  return tf.stack(solveLines(volts, tf.unstack(slopes!, 2), tf.unstack(sources!, 2), row, rowEnd), 2);
}

/** The same for the bit lines, which are held at 0 V behind their last cells. @returns v [S, M, N] */
export function bitLines({ g, u, v, span }: CircuitState, circuit: CurvedCircuit): tf.Tensor {
  const { column, columnEnd } = circuit.lines;
  const [slopes, sources] = evaluateAll(circuit.bits, { g, u, v, span }, g.shape);
  const [fromEnd, fed] = [tf.unstack(slopes!, 1).reverse(), tf.unstack(sources!, 1).reverse()];
  return tf.stack(solveLines(tf.scalar(0), fromEnd, fed, column, columnEnd).reverse(), 1);
}

/** From what lies behind a cell, y and s, to the same with the cell in front of it; `segment` ohms lie between. */
const [y, s, slope, source, u, volts, segment] = ['y', 's', 'slope', 'source', 'u', 'volts', 'segment'].map(input) as [Expression, Expression, Expression, Expression, Expression, Expression, Expression]; // prettier-ignore
const PART = divide(1, add(1, multiply(y, segment)));
const WITH_CELL = [PART, add(slope, multiply(y, PART)), add(source, multiply(s, PART))];
const HELD = multiply(subtract(volts, multiply(s, segment)), PART);
const BEYOND = multiply(subtract(u, multiply(s, segment)), input('part'));

/**
 * Lines whose cell k, counted from the held end, draws slope_k · u_k + source_k: by elimination from the open end, where
 * what lies behind a cell is a conductance y and a current source s.
 *
 * @param drive at the held ends, volts, behind `end` ohms
 */
function solveLines(
  drive: tf.Tensor,
  slopes: readonly tf.Tensor[],
  sources: readonly tf.Tensor[],
  ohms: number,
  end: number,
): tf.Tensor[] {
  const { shape } = slopes[0]!;
  const [between, terminal] = [tf.scalar(ohms), tf.scalar(end)];
  let [behind, fed] = [slopes.at(-1)!, sources.at(-1)!];
  const ladder: { readonly s: tf.Tensor; readonly part: tf.Tensor }[] = [];
  for (let k = slopes.length - 2; k >= 0; k--) {
    const given = { y: behind, s: fed, slope: slopes[k]!, source: sources[k]!, segment: between };
    const [part, nextBehind, nextFed] = evaluateAll(WITH_CELL, given, shape);
    ladder.push({ s: fed, part: part! });
    [behind, fed] = [nextBehind!, nextFed!];
  }
  let node = evaluate(HELD, { y: behind, s: fed, volts: drive, segment: terminal }, shape);
  const nodes = [node];
  for (const { s: sink, part } of ladder.reverse()) {
    node = evaluate(BEYOND, { u: node, s: sink, part, segment: between }, shape);
    nodes.push(node);
  }
  return nodes;
}
