import { CELL_VOLTS, type CurvedProducts } from '@txsim/core';
import {
  asArrays,
  exchanged,
  input,
  lineProfiles,
  numberOf,
  rankFourOf,
  subtract,
  turned,
  type Direction,
  type LineResistances,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { of, tangents, wordLines, type Curve } from './curved-lines.js';

/** Newton's steps on a line; from the steep side they are quadratic at once. */
const STEPS = 6;

/**
 * The split method: word lines with the curve, bit lines and sneak paths with its mean slope.
 *
 * Word lines are solved with grounded bit lines at two drives, V_r and V_r/2, which gives what enters each cell, i =
 * G f(u). All else is linear, with the slopes Gd = G (f'(0) + 4 f'(u(V_r/2)) + f'(u(V_r))) / 6, their mean over the drives by
 * Simpson's rule, for conductances: the closed form of `rankFourConductance` takes i in the place of r Gd. For drives in
 * between, each cell's share is B f(V) + A (V − f(V)), fitted at both; f is odd.
 */
export function splitProducts(
  lines: Readonly<Record<Direction, LineResistances>>,
  curve: Curve,
): CurvedProducts {
  const volts = input(CELL_VOLTS);
  const half = curve.readVoltage / 2;
  const excess = half - numberOf(curve.current)({ [CELL_VOLTS]: half });
  return {
    terms: [curve.current, subtract(volts, curve.current)],
    matrices: (g, direction) =>
      direction === 'forward'
        ? fitted(g, lines.forward, curve, excess)
        : tf.tidy(() => fitted(turned(g), exchanged(lines.backward), curve, excess).map((m) => turned(m))),
  };
}

/** B and A, siemens. @param excess V_r/2 − f(V_r/2), volts */
function fitted(g: tf.Tensor4D, lines: LineResistances, curve: Curve, excess: number): tf.Tensor4D[] {
  return tf.tidy(() => {
    const [low, full] = linearAround(asArrays(g), lines, curve);
    const B = tf.div(full!, curve.readVoltage);
    const rest = tf.sub(low!, tf.mul(B, curve.readVoltage / 2 - excess));
    const A = Math.abs(excess) < STRAIGHT * curve.readVoltage ? tf.zerosLike(B) : tf.div(rest, excess);
    return [B, A].map((m) => m.reshape(g.shape)) as tf.Tensor4D[];
  });
}

/** A curve that bends less than this is straight to float32. */
const STRAIGHT = 1e-6;

/** The currents [arrays, M, N] of each row's drive at each column, amperes, at half and all of the read voltage. */
function linearAround(G: tf.Tensor3D, lines: LineResistances, curve: Curve): tf.Tensor[] {
  const drives = [curve.readVoltage / 2, curve.readVoltage];
  const nodes = drives.map((volts) => groundedLines(G, volts, lines, curve));
  const [low, full] = nodes.map((u) => of(curve.slope, u));
  const mean = tf.div(tf.add(of(curve.slope, tf.scalar(0)), tf.add(tf.mul(low!, 4), full!)), 6);
  const Gd = tf.mul<tf.Tensor3D>(G, mean);
  const profiles = lineProfiles(Gd, lines);
  return nodes.map((u) => rankFourOf(Gd, profiles, lines, tf.mul<tf.Tensor3D>(G, of(curve.current, u))));
}

/** The nodes of word lines [arrays, M, N] that are all driven with the same volts, their bit lines grounded. */
function groundedLines(G: tf.Tensor3D, drive: number, lines: LineResistances, curve: Curve): tf.Tensor {
  const ground = tf.scalar(0);
  const volts = tf.fill(G.shape.slice(0, 2), drive);
  let u: tf.Tensor = tf.fill(G.shape, drive);
  for (let n = 0; n < STEPS; n++) {
    const at = tf.minimum(tf.relu(u), drive);
    u = wordLines(volts, tangents(G, at, curve), ground, lines);
  }
  return u;
}
