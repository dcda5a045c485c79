import { randomStream, type Draw, type RandomStream } from '@txsim/ops';

/** The noise of one place (a plane, a readout) of one matrix; each evaluation says which draw it wants. */
export class NoiseSource {
  readonly #streams = new Map<string, RandomStream>();

  constructor(
    readonly seed: number,
    readonly path: readonly string[],
  ) {}

  draw(draw: number): Draw {
    return { draw, streams: this.#stream };
  }

  readonly #stream = (name: string): RandomStream => {
    let stream = this.#streams.get(name);
    if (!stream) this.#streams.set(name, (stream = randomStream(this.seed, ...this.path, name)));
    return stream;
  };
}
