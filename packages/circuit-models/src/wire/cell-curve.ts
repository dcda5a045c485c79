/**
 * The curve of a cell, I = G f(V) with f'(0) = 1: hyperbolic sine, f = sinh(βV)/β with β per volt, or cubic,
 * f = V − c V³ with c per square volt (c < 0 bends upwards).
 */
export type CellCurve =
  { readonly kind: 'sinh'; readonly beta: number } | { readonly kind: 'cubic'; readonly c: number };

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
  const { beta } = iv;
  if (beta === 0) return { value: (v) => v, slope: () => 1, secant: () => 1 };
  return {
    value: (v) => Math.sinh(beta * v) / beta,
    slope: (v) => Math.cosh(beta * v),
    secant: (v) => (v === 0 ? 1 : Math.sinh(beta * v) / (beta * v)),
  };
}

/** How strongly a curve bends up to V0: βV0, for a cubic that of the sinh with the same curvature at 0, √(6 |c|) V0. */
export function bendOf(iv: CellCurve, volts: number): number {
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
