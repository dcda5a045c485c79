import { planeName, type TileGrid, planeShape } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { namesOfCounters } from './counters.js';

/** In expressions: the planes, then the counters where pulses are counted. */
export function namesOfStates(planes: number, counting: boolean): readonly string[] {
  const names = Array.from({ length: planes }, (_, p) => planeName(p));
  return counting ? [...names, ...namesOfCounters(planes)] : names;
}

/** What the devices of a matrix hold, tensors [tileRows, tileColumns, rows, columns]. */
export class DeviceState {
  /** Their conductances, siemens, one tensor per plane. */
  planes: readonly tf.Tensor4D[] = [];
  /** Their pulses, one tensor per plane, then the change in the direction asked for, in steps; empty if not counted. */
  counters: readonly tf.Tensor4D[] = [];
  readonly #planes: number;
  /** See `namesOfStates`. */
  readonly names: readonly string[];

  /** @param counting whether pulses are counted */
  constructor(planes: number, counting: boolean) {
    this.#planes = planes;
    this.names = namesOfStates(planes, counting);
  }

  /** Counters of devices that had no pulse. */
  noPulses(grid: TileGrid): tf.Tensor4D[] {
    return this.names.slice(this.#planes).map(() => tf.zeros<tf.Rank.R4>(planeShape(grid)));
  }

  /** @param make the planes, then the counters */
  replace(make: () => readonly tf.Tensor4D[]): void {
    const next = tf.tidy(() => make().map((t) => tf.keep(t)));
    this.dispose();
    this.planes = next.slice(0, this.#planes);
    this.counters = next.slice(this.#planes);
  }

  /** All of it by name. */
  named(): Record<string, tf.Tensor> {
    return Object.fromEntries(this.#all.map((t, k) => [this.names[k]!, t]));
  }

  save(): Record<string, tf.Tensor> {
    return Object.fromEntries(this.#all.map((t, k) => [this.names[k]!, t.clone()]));
  }

  /** What `save` gave, for `replace`. */
  saved(tensors: Readonly<Record<string, tf.Tensor>>): tf.Tensor4D[] {
    return this.names.map((name) => tensors[name]!.clone() as tf.Tensor4D);
  }

  dispose(): void {
    tf.dispose(this.#all);
  }

  get #all(): tf.Tensor4D[] {
    return [...this.planes, ...this.counters];
  }
}
