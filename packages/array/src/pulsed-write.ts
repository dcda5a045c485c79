import { PluginError, type CountsRequest, type NetRequest, type TrainsRequest } from '@txsim/core';
import {
  input,
  isSame,
  planeShape,
  pulsedUpdate,
  type Expression,
  type NamedTensors,
  type PulseProgram,
  type TileGrid,
} from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { namesOfStates } from './device-state.js';
import type { NoiseSource } from './noise.js';
import {
  burstExpressions,
  DOWN_COUNT,
  NET_COUNT,
  netBurstExpressions,
  pulsedModel,
  pulseProgram,
  UP_COUNT,
  weightStep,
} from './pulse.js';
import { StateChange, withUnchanged } from './state-change.js';

/** update, where pulses are asked for: trains pulse by pulse, counts in bursts. */
export class PulsedWrite {
  /** The mean change of a weight by one pulse. */
  readonly weightStep: number;
  readonly #states: readonly string[];
  /** Of the states that pulses change. */
  readonly #program: PulseProgram;
  readonly #bursts: StateChange;
  readonly #net: StateChange;

  /**
   * Undefined where devices or mapping take no pulses.
   * @param weightRange wMax
   * @param counting whether the counters are part of the state
   */
  static of(
    model: ArrayModel,
    grid: TileGrid,
    weightRange: number,
    noise: NoiseSource,
    counting: boolean,
  ): PulsedWrite | undefined {
    return pulsedModel(model) && new PulsedWrite(model, grid, weightRange, noise, counting);
  }

  private constructor(
    model: ArrayModel,
    readonly grid: TileGrid,
    weightRange: number,
    readonly noise: NoiseSource,
    counting: boolean,
  ) {
    const pulsed = pulsedModel(model)!;
    this.weightStep = weightStep(pulsed, weightRange);
    this.#states = namesOfStates(model.mapping.planes, counting);
    this.#program = changesOf(pulseProgram(pulsed, counting));
    const change = (next: readonly Expression[], ...requests: string[]): StateChange =>
      new StateChange(this.#states, next, { requests, window: model.device.product });
    this.#bursts = change(burstExpressions(pulsed, counting), UP_COUNT, DOWN_COUNT);
    this.#net = change(netBurstExpressions(pulsed, counting), NET_COUNT);
  }

  /**
   * The next state of every plane, then of the counters where there are any. What is changed is spent; see `StateChange`.
   * @param devices states, counters and parameters of all planes, by name
   * @param draw the number of this write: bursts are drawn by write, pulses by sample
   */
  next(
    request: CountsRequest | NetRequest | TrainsRequest,
    devices: NamedTensors,
    draw: number,
  ): tf.Tensor4D[] {
    if (request.kind === 'trains') {
      const { x, d, firstSample } = request;
      const made = pulsedUpdate(x, d, devices, this.#program, this.grid, this.noise.draw(firstSample), true);
      return withUnchanged(this.#states, this.#program.state, made, devices);
    }
    const [bursts, counts] =
      request.kind === 'net'
        ? [this.#net, { [NET_COUNT]: request.pulses }]
        : [this.#bursts, { [UP_COUNT]: request.up, [DOWN_COUNT]: request.down }];
    const inputs = { ...devices, ...counts };
    return bursts.next(inputs, planeShape(this.grid), this.noise.draw(draw));
  }
}

/** A program without the states that it leaves as they are. */
function changesOf({ state, next }: PulseProgram): PulseProgram {
  const changing = state.map((_, k) => k).filter((k) => !isSame(next[k]!, input(state[k]!)));
  return { state: changing.map((k) => state[k]!), next: changing.map((k) => next[k]!) };
}

/** Pulses were asked of devices that take none. */
export const noPulses = ({ device }: ArrayModel): PluginError =>
  new PluginError(
    'UPDATE_UNSUPPORTED',
    device.label,
    device.product.pulse
      ? 'the update rule asks for pulses, and the mapping does not say which device gets them; use another mapping, or an update rule that asks for changes'
      : 'the update rule asks for pulses, and this device only answers to requested changes; use a device that tells what one pulse does, or another update rule',
  );
