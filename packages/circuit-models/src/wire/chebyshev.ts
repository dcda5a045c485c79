/**
 * Chebyshev's acceleration of a fixed point u = T(u) = K u + f, with the spectrum of K in [0, ρ].
 *
 * With s = ρ / 2 and σ = s / (1 − s): u_(n+1) = u_(n−1) + ω_(n+1) (u_n + (T(u_n) − u_n) / (1 − s) − u_(n−1)),
 * ω_1 = 1, ω_2 = 1 / (1 − σ²/2), ω_(n+1) = 1 / (1 − σ² ω_n / 4). The error falls by q = σ / (1 + √(1 − σ²)) per step.
 * (Golub and Varga, Numer. Math. 3, 1961.)
 */
export class Chebyshev {
  /** 1 / (1 − s). */
  readonly overshoot: number;
  /** Steps in which the error falls by 1e-4 at least, and a few more: none of it means that rounding has been reached. */
  readonly patience: number;
  readonly #sigma: number;
  #relaxation = 1;
  #steps = 0;

  /** @param gap 1 − ρ, in (0, 1] */
  constructor(gap: number) {
    this.overshoot = 2 / (1 + gap);
    this.#sigma = (1 - gap) / (1 + gap);
    const q = this.#sigma / (1 + Math.sqrt(1 - this.#sigma * this.#sigma));
    this.patience = 5 + Math.ceil(Math.log(1e-4) / Math.log(q));
  }

  /** ω of the next step. */
  relaxation(): number {
    const square = this.#sigma * this.#sigma;
    if (this.#steps > 0)
      this.#relaxation = 1 / (1 - (square * this.#relaxation) / (this.#steps === 1 ? 2 : 4));
    this.#steps++;
    return this.#relaxation;
  }
}

/** The next iterate, written over the previous one. */
export function extrapolate(
  previous: Float64Array,
  u: Float64Array,
  plain: Float64Array,
  overshoot: number,
  relaxation: number,
) {
  for (let k = 0; k < u.length; k++) {
    const last = previous[k]!;
    previous[k] = last + relaxation * (u[k]! + overshoot * (plain[k]! - u[k]!) - last);
  }
}
