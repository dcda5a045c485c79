import type { UpdateRequest, WritableArrays } from '@txsim/core';
import { countCoincidences, fromTiles, planeShape, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** What arrays of ideal devices are like. */
export interface IdealOptions {
  readonly grid: TileGrid;
  readonly name?: string;
  readonly weightRange?: number;
  /** The change of a weight by one pulse. */
  readonly pulseStep?: number;
  readonly states?: WritableArrays['states'];
  /** The change of a weight from end to end of the window; absent: 2 wMax. */
  readonly windowWeight?: number;
}

/** Arrays whose devices do exactly what they are asked, for tests of update rules; weights are 0 at first. */
export class IdealArrays implements WritableArrays {
  readonly name: string;
  readonly grid: TileGrid;
  readonly weightRange: number;
  readonly pulseStep: number | undefined;
  readonly windowWeight: number;
  readonly states: WritableArrays['states'];
  /** What was asked, in turn; the tensors are gone. */
  readonly asked: UpdateRequest['kind'][] = [];
  #tiles: tf.Tensor4D;

  constructor({ grid, name = 'testkit', weightRange = 1, pulseStep, states, ...rest }: IdealOptions) {
    this.name = name;
    this.grid = grid;
    this.weightRange = weightRange;
    this.pulseStep = pulseStep;
    this.states = states;
    this.windowWeight = rest.windowWeight ?? 2 * weightRange;
    this.#tiles = tf.keep(tf.zeros(planeShape(grid)));
  }

  /** All weights, those of cells that are not used, too, in the layout of the tiles. */
  get tiles(): tf.Tensor4D {
    return this.#tiles;
  }

  forward(x: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => tf.matMul(x, this.read()));
  }

  read(): tf.Tensor2D {
    return fromTiles(this.#tiles, this.grid);
  }

  write(request: UpdateRequest): void {
    this.asked.push(request.kind);
    const next = tf.tidy(() => tf.keep(tf.add<tf.Tensor4D>(this.#tiles, this.#change(request))));
    this.#tiles.dispose();
    this.#tiles = next;
  }

  dispose(): void {
    this.#tiles.dispose();
  }

  #change(request: UpdateRequest): tf.Tensor {
    if (request.kind === 'delta') return request.delta;
    if (request.kind === 'net') return tf.mul(request.pulses, this.pulseStep!);
    const { up, down } =
      request.kind === 'counts' ? request : countCoincidences(request.x, request.d, this.grid);
    return tf.mul(tf.sub(up, down), this.pulseStep!);
  }
}
