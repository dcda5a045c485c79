import type { ClosedForm, Direction, Expression } from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import { defineExtensionPoint } from '../plugin/extension-point.js';
import type { CurvedCells } from './cell-curve.js';
import type { SpeedupPolicy } from './speedup-policy.js';

/** Currents of cells with a curve, volts being on the lines that are driven. */
export type CurvedCurrents = CurvedProducts | Pick<WireNetworkSolver, 'currents'>;

/** I = Σ_k term_k(V) · matrix_k, where the matrices depend on the conductances alone. */
export interface CurvedProducts {
  /** Of `input(CELL_VOLTS)`, volts → volts. */
  readonly terms: readonly Expression[];
  /** [..., M, N] siemens, one for each term. */
  matrices(g: tf.Tensor4D, direction: Direction): tf.Tensor4D[];
}

/** One way to solve the resistive network of arrays. */
export interface WireMethod {
  readonly name: string;
  /**
   * The conductances that arrays show at their terminals.
   * @param g [..., M, N] siemens, leading dimensions are independent arrays
   */
  effective(g: tf.Tensor4D, direction: Direction): tf.Tensor4D;
  /** What `effective` computes, where it is a closed form: backends may then do it together with its neighbours. */
  closedForm?(direction: Direction): ClosedForm;
  /**
   * How currents are found where cells have a curve f. Absent: as f(V) · Geff, which takes cells for linear ones under mapped
   * voltages.
   */
  readonly curved?: CurvedCurrents;
  /** When it is solved, where that is part of the method; else the stack's policy says it. */
  readonly policy?: SpeedupPolicy;
}

/** The network itself: what anchors and probes compare a method with. */
export interface WireNetworkSolver {
  /** Effective conductances as those of `WireMethod`, without approximation. */
  conductance(g: tf.Tensor4D, direction: Direction): tf.Tensor4D;
  /**
   * Currents of arrays g[..., M, N]: forward [..., K, N] out of the bit lines for volts [..., K, M] on the word lines,
   * backward [..., K, M] out of the word lines for volts [..., K, N] on the bit lines.
   */
  currents(volts: tf.Tensor4D, g: tf.Tensor4D, direction: Direction): tf.Tensor4D;
  /** ρ_b of arrays g[..., M, N], [...]: how strongly word and bit lines act on each other, in [0, 1). */
  severity(g: tf.Tensor4D): tf.Tensor;
}

/** How a method is watched while a network learns. */
export interface WireProbe {
  /** Steps between probes. */
  readonly every: number;
  /** Input vectors of the batch that are solved exactly each time. */
  readonly samples: number;
  /** Largest accepted |ΔI| / |I| of what the converters see; differences of planes where planes are subtracted. */
  readonly tolerance: number;
}

/** How the resistive network of an array is solved. */
export interface WireModel {
  /** Whether the transposed array has the same effective matrix, so that one serves both directions. */
  readonly reciprocal: boolean;
  /** In order of effort, at least one: a matrix begins with the first and takes the next where a probe asks for it. */
  readonly methods: readonly [WireMethod, ...WireMethod[]];
  /** Absent where there is no exact solution to compare with. */
  readonly network?: WireNetworkSolver;
  /** Absent where nothing is watched; it needs `network`. */
  readonly probe?: WireProbe;
  /**
   * The same wires between cells with a curve, the methods chosen by how far it bends. Absent: the model knows linear
   * cells alone. Where cells have a curve, the currents of `network` are those through the curve and the conductances
   * those at the read voltage.
   *
   * @throws PluginError STACK_INVALID where the configured method does not know such cells
   */
  curved?(cells: CurvedCells): WireModel;
  /** How far the curve of the cells bends up to the read voltage: βV of the hyperbolic sine with the same f(V) / (V f'(0)). */
  readonly bend?: number;
}

/** The wires of the arrays; none are ideal ones. */
export const wireModel = defineExtensionPoint<WireModel>('wireModel', 'one');
