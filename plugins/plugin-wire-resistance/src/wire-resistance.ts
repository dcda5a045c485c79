import { wireModel, type CurvedCells, type WireModel, type WireNetworkSolver } from '@txsim/core';
import {
  exactBackwardCurrents,
  exactConductance,
  exactCurrents,
  exchanged,
  lineSeverity,
  turned,
  type Direction,
  type LineResistances,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { curvedCircuit } from './curved-lines.js';
import { bendOf, curvedMethodsOf } from './curved-methods.js';
import { METHODS, methodsOf, type Method } from './methods.js';
import { newtonCurrents } from './newton-currents.js';

const ohms = (fallback: number) => z.number().min(0).max(1e9).default(fallback);

/**
 * Wire, source and sink resistance with sneak paths, in closed form or by solving the network.
 *
 * A line's resistance belongs to its end, not to its role: `source` sits at the word lines' terminals and `sink` at
 * the bit lines', in both directions, so one effective matrix serves forward and backward. Where the periphery of the
 * transposed operation differs, `backward` gives its values at the same ends, and that is a second evaluation.
 *
 * Every so many steps some vectors of the batch are solved exactly. `auto` begins with `ladder` and, matrix by matrix,
 * goes on to `ladder2`, to that with exact anchors and to `exact` while the error found is above the tolerance.
 */
export const wireResistance = wireModel({
  id: 'wire-resistance',
  description:
    'Resistance of wires, sources and sinks with sneak paths: closed forms whose error is watched, or the network itself.',
  citation:
    'docs/reference/wire-solver.md; the role of the Fast Crossbar Model in Roy et al., arXiv 2002.11151',
  config: z.strictObject({
    method: z
      .enum(METHODS)
      .default('auto')
      .describe('how the network is solved; auto: ladder, ladder2, anchored, exact as the tolerance asks'),
    tolerance: z
      .number()
      .positive()
      .max(1)
      .default(0.01)
      .describe('accepted error of the currents that converters see, |ΔI|/|I|, fraction'),
    probe: z
      .strictObject({
        every: z.int().min(0).default(100).describe('steps between probes; 0: none'),
        samples: z.int().min(1).default(4).describe('input vectors that a probe solves exactly'),
      })
      .prefault({})
      .describe('how the error is watched during training'),
    row: ohms(2.5).describe('one segment of a word line, ohms'),
    column: ohms(2.5).describe('one segment of a bit line, ohms'),
    source: ohms(500).describe('in front of each word line, ohms'),
    sink: ohms(100).describe('behind each bit line, ohms'),
    backward: z
      .strictObject({
        source: z.number().min(0).describe('at each word line when it is sensed, ohms'),
        sink: z.number().min(0).describe('at each bit line when it is driven, ohms'),
      })
      .optional()
      .describe('terminal resistances of the transposed operation, where they differ'),
  }),
  create: ({ config: { method, tolerance, probe, row, column, source, sink, backward } }) => {
    const lines = (rowTerminal: number, columnTerminal: number): LineResistances => ({
      row,
      column,
      rowEnd: row + rowTerminal,
      columnEnd: column + columnTerminal,
    });
    const forward = lines(source, sink);
    const transposed = backward ? lines(backward.source, backward.sink) : forward;
    const resistances = { forward, backward: transposed };
    const network: WireNetworkSolver = {
      conductance: (g, direction) => exactConductance(g, resistances[direction]),
      currents: (volts, g, direction) =>
        direction === 'forward'
          ? exactCurrents(volts, g, forward)
          : exactBackwardCurrents(volts, g, transposed),
      severity: (g) => lineSeverity(g, forward),
    };
    const linear: WireModel = {
      reciprocal: transposed.rowEnd === forward.rowEnd && transposed.columnEnd === forward.columnEnd,
      methods: methodsOf(method, resistances),
      network,
      ...(probe.every > 0 && { probe: { ...probe, tolerance } }),
    };
    return { ...linear, curved: (cells) => between(cells, method, resistances, linear) };
  },
});

/** The same wires with cells that have a curve. */
function between(
  cells: CurvedCells,
  method: Method,
  resistances: Readonly<Record<Direction, LineResistances>>,
  linear: WireModel,
): WireModel {
  const circuits = {
    forward: curvedCircuit(cells, resistances.forward),
    backward: curvedCircuit(cells, exchanged(resistances.backward)),
  };
  const network: WireNetworkSolver = {
    ...linear.network!,
    currents: (volts, g, direction) =>
      direction === 'forward'
        ? newtonCurrents(volts, g, circuits.forward)
        : tf.tidy(() => newtonCurrents(volts.reverse(3), turned(g), circuits.backward).reverse(3)),
  };
  const methods = curvedMethodsOf(method, resistances, cells, { circuits, network });
  return { ...linear, methods, network, bend: bendOf(cells) };
}
