import { randomStream, type Draw, type Generator, type RandomStream } from '@txsim/ops';

/** Where all noise of a simulation comes from. */
export interface Randomness {
  readonly seed: number;
  readonly generator: Generator;
}

/** The noise of one place (a plane, a readout) of one matrix; each evaluation says which draw it wants. */
export class NoiseSource {
  readonly #streams = new Map<string, RandomStream>();

  constructor(
    readonly randomness: Randomness,
    readonly path: readonly string[],
  ) {}

  draw(draw: number): Draw {
    return { draw, streams: this.#stream };
  }

  readonly #stream = (name: string): RandomStream => {
    let stream = this.#streams.get(name);
    if (!stream) {
      const { seed, generator } = this.randomness;
      stream = { ...randomStream(seed, ...this.path, name), generator };
      this.#streams.set(name, stream);
    }
    return stream;
  };
}
