/**
 * Chebyshev's acceleration of a fixed point u = T(u) = K u + f, with the spectrum of K in [0, ρ].
 *
 * With s = ρ / 2 and σ = s / (1 − s): u_(n+1) = u_(n−1) + ω_(n+1) (u_n + (T(u_n) − u_n) / (1 − s) − u_(n−1)),
 * ω_1 = 1, ω_2 = 1 / (1 − σ²/2), ω_(n+1) = 1 / (1 − σ² ω_n / 4). The error falls by q = σ / (1 + √(1 − σ²)) per step.
 * (Golub and Varga, Numer. Math. 3, 1961.)
 */
export class Chebyshev {
  /** The iterate. */
  u: Float64Array;
  /** Where the caller writes T(u) before `advance`. */
  readonly plain: Float64Array;
  /** Steps in which the error falls by 1e-4 at least, and a few more: none of it means that rounding has been reached. */
  readonly patience: number;
  #previous: Float64Array;
  #relaxation = 1;
  #steps = 0;

  /** @param gap 1 − ρ, in (0, 1] */
  constructor(
    private readonly gap: number,
    start: Float64Array,
  ) {
    this.u = start;
    this.#previous = start.slice();
    this.plain = new Float64Array(start.length);
    const sigma = (1 - gap) / (1 + gap);
    const q = sigma / (1 + Math.sqrt(1 - sigma * sigma));
    this.patience = 5 + Math.ceil(Math.log(1e-4) / Math.log(q));
  }

  /** From u and T(u) to the next u. */
  advance() {
    this.#relaxation = this.#nextRelaxation();
    this.#steps++;
    const [u, plain, next, relaxation] = [this.u, this.plain, this.#previous, this.#relaxation];
    const overshoot = 2 / (1 + this.gap);
    for (let k = 0; k < u.length; k++) {
      const aim = u[k]! + overshoot * (plain[k]! - u[k]!);
      next[k]! += relaxation * (aim - next[k]!);
    }
    this.u = next;
    this.#previous = u;
  }

  #nextRelaxation(): number {
    const sigma = (1 - this.gap) / (1 + this.gap);
    if (this.#steps === 0) return 1;
    return 1 / (1 - (sigma * sigma * this.#relaxation) / (this.#steps === 1 ? 2 : 4));
  }
}
