import { CELL_VOLTS, type CurvedProducts } from '@txsim/core';
import {
  asArrays,
  input,
  lineProfiles,
  numberOf,
  rankFourOf,
  subtract,
  turned,
  type Direction,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { of, wordLines, type CurvedCircuit } from './curved-lines.js';

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
export function splitProducts(circuits: Readonly<Record<Direction, CurvedCircuit>>): CurvedProducts {
  const { current, readVoltage } = circuits.forward;
  const half = readVoltage / 2;
  const excess = half - numberOf(current)({ [CELL_VOLTS]: half });
  return {
    terms: [current, subtract(input(CELL_VOLTS), current)],
    matrices: (g, direction) =>
      direction === 'forward'
        ? fitted(g, circuits.forward, excess)
        : tf.tidy(() => fitted(turned(g), circuits.backward, excess).map((m) => turned(m))),
  };
}

/** B and A, siemens. @param excess V_r/2 − f(V_r/2), volts */
function fitted(g: tf.Tensor4D, circuit: CurvedCircuit, excess: number): tf.Tensor4D[] {
  const { readVoltage } = circuit;
  return tf.tidy(() => {
    const [low, full] = linearAround(asArrays(g), circuit);
    const B = tf.div(full!, readVoltage);
    const rest = tf.sub(low!, tf.mul(B, readVoltage / 2 - excess));
    const A = Math.abs(excess) < STRAIGHT * readVoltage ? tf.zerosLike(B) : tf.div(rest, excess);
    return [B, A].map((m) => m.reshape(g.shape)) as tf.Tensor4D[];
  });
}

/** A curve that bends less than this is straight to float32. */
const STRAIGHT = 1e-6;

/** The currents [arrays, M, N] of each row's drive at each column, amperes, at half and all of the read voltage. */
function linearAround(G: tf.Tensor3D, circuit: CurvedCircuit): tf.Tensor[] {
  const { current, slope, readVoltage, lines } = circuit;
  const nodes = tf.unstack(groundedLines(G, [readVoltage / 2, readVoltage], circuit));
  const [low, full] = nodes.map((u) => of(slope, u));
  const mean = tf.div(tf.add(of(slope, tf.scalar(0)), tf.add(tf.mul(low!, 4), full!)), 6);
  const Gd = tf.mul<tf.Tensor3D>(G, mean);
  const profiles = lineProfiles(Gd, lines);
  return nodes.map((u) => rankFourOf(Gd, profiles, lines, tf.mul<tf.Tensor3D>(G, of(current, u))));
}

/** The nodes of word lines [drives, arrays, M, N] that are all driven with the same volts, their bit lines grounded. */
function groundedLines(G: tf.Tensor3D, drives: readonly number[], circuit: CurvedCircuit): tf.Tensor {
  const [arrays, M, N] = G.shape;
  const span = tf
    .tensor1d(drives.flatMap((volts) => new Array<number>(arrays).fill(volts)))
    .reshape([-1, 1, 1]);
  const g = tf.concat(drives.map(() => G));
  const volts = tf.tile(span.reshape([-1, 1]), [1, M]);
  const v = tf.scalar(0);
  let u: tf.Tensor = tf.broadcastTo(span, g.shape);
  for (let n = 0; n < STEPS; n++) u = wordLines(volts, { g, u, v, span }, circuit);
  return u.reshape([drives.length, arrays, M, N]);
}
