import { constant, divide, mapLeaves, noiseStreams, numberOf, subtract, type Expression } from '@txsim/ops';
import { interpolate } from './interpolate.js';

/** Greatest deviation of a normalised curve per unit of label: the label counts diagonal distances of 0.07. */
const PER_LABEL = 0.07 * Math.SQRT2;
/** The labels that the closed form covers; above 10.1 no curve deviates so much. */
export const LARGEST_LABEL = 10;

/**
 * The curve parameter A, normalised by Pmax, of a NeuroSim non-linearity label. With
 * f_A(x) = (1 − e^{−x/A}) / (1 − e^{−1/A}) it solves max_x [f_A(x) − x] = 0.07·√2·|NL|; the greatest deviation lies at
 * x* = −A ln(A(1 − e^{−1/A})). The sign of A is that of the label; 0 is the straight line, A = ∞.
 *
 * Source: Chen, Peng, Yu, MLP+NeuroSim 3.0 manual, which tabulates the same numbers.
 *
 * @throws RangeError unless |NL| ≤ 10
 */
export function curveOfLabel(label: number): number {
  const size = Math.abs(label);
  if (!(size <= LARGEST_LABEL)) throw new RangeError(`non-linearity label ${label}: expected −10 to 10`);
  if (size < 1e-6) return Infinity;
  let [low, high] = [Math.log(1e-3), Math.log(1e7)];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (greatestDeviation(Math.exp(middle)) > PER_LABEL * size) low = middle;
    else high = middle;
  }
  return Math.sign(label) * Math.exp((low + high) / 2);
}

/** Nodes of a table of Pmax/A over the labels that a device may have. */
const NODES = 33;
/** Curves that are drawn are not steeper, so that float32 has digits left for the others. */
const STEEPEST = 80;
/** What is drawn lies within so many σ. */
const REACH = 6;

/**
 * Pmax/A of a label that may be drawn: of one that varies, from a table over what it can be.
 *
 * @param label a constant, or noise about one
 */
export function steepnessOfLabel(label: Expression): Expression {
  const at = (l: number): number => 1 / curveOfLabel(l);
  const within = (l: number): number => Math.min(Math.max(at(l), -STEEPEST), STEEPEST);
  if (label.op === 'constant') return constant(at(label.value));
  const ends = cornersOf(label);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  if (high - low < 1e-6) return constant(at(low));
  const nodes = Array.from({ length: NODES }, (_, i) => within(low + ((high - low) * i) / (NODES - 1)));
  return interpolate(divide(subtract(label, low), high - low), nodes);
}

/** An expression of noise where each of its numbers is at −REACH or REACH. */
function cornersOf(e: Expression): number[] {
  const [first] = noiseStreams(e);
  if (!first) return [numberOf(e)({})];
  return [-REACH, REACH].flatMap((xi) =>
    cornersOf(mapLeaves(e, (n) => (n.op === 'normal' && n.stream === first.stream ? constant(xi) : n))),
  );
}

function greatestDeviation(a: number): number {
  const whole = -Math.expm1(-1 / a);
  const x = -a * Math.log(a * whole);
  return -Math.expm1(-x / a) / whole - x;
}
