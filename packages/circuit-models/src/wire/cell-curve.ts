import type { Expression } from '@txsim/ops';
import { dualOf } from './expression-curve.js';

/**
 * The curve of a cell, I = G f(V) with f'(0) = 1: hyperbolic sine, f = sinh(βV)/β with β per volt, or cubic,
 * f = V − c V³ with c per square volt (c < 0 bends upwards); or an expression f
 * of the input `v` in volts, with f(0) = 0 and f'(0) = 1.
 */
export type CellCurve =
  | { readonly kind: 'sinh'; readonly beta: number }
  | { readonly kind: 'cubic'; readonly c: number }
  | { readonly kind: 'expression'; readonly f: Expression };

/** A curve and what Newton's method needs of it; all functions are of volts. */
export interface Curve {
  /** f, volts: current over conductance. */
  readonly value: (volts: number) => number;
  /** f'. */
  readonly slope: (volts: number) => number;
  /** f(V) / V. */
  readonly secant: (volts: number) => number;
}

/** The functions of a curve. */
export function curveOf(iv: CellCurve): Curve {
  if (iv.kind === 'cubic') {
    const { c } = iv;
    return {
      value: (v) => v - c * v * v * v,
      slope: (v) => 1 - 3 * c * v * v,
      secant: (v) => 1 - c * v * v,
    };
  }
  if (iv.kind === 'expression') {
    const dual = dualOf(iv.f);
    return {
      value: (v) => dual(v)[0],
      slope: (v) => dual(v)[1],
      secant: (v) => (v === 0 ? 1 : dual(v)[0] / v),
    };
  }
  const { beta } = iv;
  if (beta === 0) return { value: (v) => v, slope: () => 1, secant: () => 1 };
  return {
    value: (v) => Math.sinh(beta * v) / beta,
    slope: (v) => Math.cosh(beta * v),
    secant: (v) => (v === 0 ? 1 : Math.sinh(beta * v) / (beta * v)),
  };
}

/**
 * How strongly a curve bends up to V0: βV0, for a cubic that of the sinh with the same curvature at 0, √(6 |c|) V0; for an
 * expression by the same law √(6 |f(V0)/V0 − 1|), the larger of both signs.
 */
export function bendOf(iv: CellCurve, volts: number): number {
  if (iv.kind === 'expression') {
    const { secant } = curveOf(iv);
    const stray = Math.max(Math.abs(secant(volts) - 1), Math.abs(secant(-volts) - 1));
    return Math.sqrt(6 * stray);
  }
  return Math.abs(volts) * (iv.kind === 'sinh' ? iv.beta : Math.sqrt(6 * Math.abs(iv.c)));
}

/**
 * How the cells are treated where the wires are solved by a closed form:
 * `linear`: I = G V; `secant`: conductance at the largest voltage, drives mapped through f; `split`: the word lines
 * solved with the curve, the rest with its slopes there; `newton`: the network itself.
 */
export type CellTreatment = 'linear' | 'secant' | 'split' | 'newton';

/** The cheapest treatment that is good to about 1 % at this bend; measured in `docs/reference/wire-solver.md`. */
export function treatmentFor(bend: number): CellTreatment {
  if (bend <= 0.4) return 'linear';
  if (bend <= 0.7) return 'secant';
  return bend <= 2 ? 'split' : 'newton';
}

/** The largest voltage between two driven lines or one and ground: no cell sees more. */
export function spanOf(drives: readonly ArrayLike<number>[]): number {
  let span = 0;
  for (const drive of drives) {
    let [least, most] = [0, 0];
    for (let i = 0; i < drive.length; i++) {
      least = Math.min(least, drive[i]!);
      most = Math.max(most, drive[i]!);
    }
    span = Math.max(span, most - least);
  }
  return span;
}
