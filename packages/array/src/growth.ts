/** Calls in a row that may leave tensors behind: whoever keeps a memory has it after a few. */
const PATIENCE = 8;

/** Counts calls in a row after which there are more tensors than before. */
export class Growth {
  #grown = 0;

  /** @returns whether it happened so often that it is a leak */
  leaks(kept: number): boolean {
    this.#grown = kept > 0 ? this.#grown + 1 : 0;
    return this.#grown >= PATIENCE;
  }
}
