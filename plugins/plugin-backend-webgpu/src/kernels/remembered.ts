/** Variants that are remembered for each object. */
const KEPT = 64;

/** What is worked out of an object that never changes, for each key once: a step pays for a look-up. */
export class Remembered<T> {
  readonly #known = new WeakMap<object, Map<string, T>>();

  get(of: object, key: string, make: () => T): T {
    let variants = this.#known.get(of);
    if (!variants) this.#known.set(of, (variants = new Map()));
    let found = variants.get(key);
    if (found === undefined) {
      if (variants.size >= KEPT) variants.clear();
      variants.set(key, (found = make()));
    }
    return found;
  }
}
