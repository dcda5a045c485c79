/** How much of a sweep is done, and how long the rest takes at the pace so far. */
export class Pace {
  #doneHere = 0;
  readonly #running = new Map<number, number>();

  /**
   * @param all number of runs
   * @param done how many are finished
   * @param now the time in seconds, of any origin
   */
  constructor(
    readonly all: number,
    public done: number,
    private readonly now: () => number,
    private readonly began = now(),
  ) {}

  /** A worker's run is so far. */
  progress(worker: number, fraction: number): void {
    this.#running.set(worker, fraction);
  }

  /** A worker's run is finished. */
  finished(worker: number): void {
    this.#running.delete(worker);
    this.#doneHere++;
    this.done++;
  }

  /** Seconds; undefined before anything can be told. */
  get secondsLeft(): number | undefined {
    const parts = [...this.#running.values()].reduce((a, b) => a + b, 0);
    const work = this.#doneHere + parts;
    if (work === 0) return undefined;
    return ((this.now() - this.began) / work) * Math.max(0, this.all - this.done - parts);
  }
}
