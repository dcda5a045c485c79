import type { DevicePulse } from '@txsim/core';
import {
  abs,
  burst,
  clamp,
  constant,
  divide,
  input,
  less,
  mapLeaves,
  maximum,
  multiply,
  planeName,
  scope,
  select,
  subtract,
  UP,
  withoutNoise,
  type Expression,
  type PulseProgram,
} from '@txsim/ops';
import type { ArrayModel } from './array-model.js';
import { applyEffects, contribute, deviceParameters } from './effects.js';
import { nameInPlane } from './planes.js';
import { inWindow } from './program.js';

/** Numbers of pulses per weight, in expressions. */
export const UP_COUNT = 'up count';
export const DOWN_COUNT = 'down count';

/** What a pulse, or a burst of them, may depend on, before it is known which device gets it. */
const SITE = { g: 'pulse:g', up: 'pulse:up', count: 'pulse:count' };
const [G, IS_UP, COUNT] = [input(SITE.g), input(SITE.up), input(SITE.count)];

/** Steps below this are none, siemens: nothing to divide by. */
const NO_STEP = 1e-30;

/** A model whose devices answer pulses and whose mapping knows where they go. */
export interface PulsedModel {
  readonly model: ArrayModel;
  /** The mean change of one device by one pulse, siemens. */
  readonly step: number;
  pulses(up: Expression, planes: readonly Expression[]): readonly DevicePulse[];
}

/** The model as one that takes pulses; undefined where its device or its mapping does not. */
export function pulsedModel(model: ArrayModel): PulsedModel | undefined {
  const { mapping, device } = model;
  const step = device.product.pulseStep;
  if (!device.product.pulse || step === undefined || !mapping.pulses) return undefined;
  const window = device.product;
  return { model, step, pulses: (up, planes) => mapping.pulses!(up, planes, window, step) };
}

/** The mean change of a weight by one pulse. @param weightRange wMax */
export function weightStep({ model, step, pulses }: PulsedModel, weightRange: number): number {
  const { gMin, gMax } = model.device.product;
  const perDevice = model.mapping.readouts.reduce((sum, r) => sum + r.significance * r.planes[0]!, 0);
  return (
    (pulses(constant(1), planesOf(model)).length * Math.abs(perDevice) * step * weightRange) / (gMax - gMin)
  );
}

/**
 * One pulse of a weight: which devices get it → their answer → the update stage → clipped to the window. A state that
 * is not addressed stays.
 */
export function pulseProgram(pulsed: PulsedModel): PulseProgram {
  const { model } = pulsed;
  const planes = planesOf(model);
  const one = written(pulsed, answer(pulsed), request(pulsed, IS_UP));
  const { gMin, gMax } = model.device.product;
  const next = pulsed.pulses(input(UP), planes).reduce<readonly Expression[]>((now, { plane, up }, k) => {
    const after = at(model, one, `pulse${k}`, plane, { [SITE.g]: pick(plane, planes), [SITE.up]: up });
    return now.map((g, p) => put(plane, p, clamp(after, gMin, gMax), g));
  }, planes);
  return { state: planes.map((_, p) => planeName(p)), next };
}

/**
 * Counted pulses of a weight as two writes: a burst of all that go up, then one of all that go down. Where the mapping
 * turns from one device to another in the middle of a burst, what the first one could not take goes to the next.
 *
 * @returns the next state of each plane
 */
export function burstExpressions(pulsed: PulsedModel): readonly Expression[] {
  const raised = burstOf(pulsed, planesOf(pulsed.model), constant(1), input(UP_COUNT), 'up');
  return burstOf(pulsed, raised, constant(0), input(DOWN_COUNT), 'down');
}

function burstOf(
  pulsed: PulsedModel,
  planes: readonly Expression[],
  up: Expression,
  count: Expression,
  name: string,
): readonly Expression[] {
  const pulses = pulsed.pulses(up, planes);
  const first = land(pulsed, planes, pulses, pulses.map(() => count), name); // prettier-ignore
  if (pulses.every(({ plane }) => typeof plane === 'number')) return first.planes;
  return land(pulsed, first.planes, pulsed.pulses(up, first.planes), first.rest, name).planes;
}

/** Bursts on the devices that the mapping names, and how many pulses of each found the device at its limit. */
function land(
  pulsed: PulsedModel,
  planes: readonly Expression[],
  pulses: readonly DevicePulse[],
  counts: readonly Expression[],
  name: string,
): { planes: readonly Expression[]; rest: readonly Expression[] } {
  const { model } = pulsed;
  const window = model.device.product;
  const one = answer(pulsed);
  const moved = burst(one, G, COUNT);
  const whole = written(pulsed, moved, multiply(COUNT, request(pulsed, IS_UP)));
  const wanted = withoutNoise(moved);
  const missed = abs(subtract(wanted, clamp(wanted, window.gMin, window.gMax)));
  const left = divide(missed, maximum(abs(subtract(withoutNoise(one), G)), NO_STEP));
  const rest: Expression[] = [];
  const next = pulses.reduce((now, { plane, up }, k) => {
    const site = { [SITE.g]: pick(plane, planes), [SITE.up]: up, [SITE.count]: counts[k]! };
    rest.push(at(model, left, `${name}${k}`, plane, site));
    const after = inWindow(at(model, whole, `${name}${k}`, plane, site), window);
    return now.map((g, p) => put(plane, p, after, g));
  }, planes);
  return { planes: next, rest };
}

const planesOf = ({ mapping }: ArrayModel): readonly Expression[] =>
  Array.from({ length: mapping.planes }, (_, p) => input(planeName(p)));

/** The change that one pulse means, siemens. */
const request = ({ step }: PulsedModel, up: Expression): Expression => select(up, step, -step);

/** The device's answer to one pulse; of the ideal update, the mean step. */
function answer(pulsed: PulsedModel): Expression {
  const { device, operations } = pulsed.model;
  if (operations.update === 'digital') return { op: 'add', a: G, b: request(pulsed, IS_UP) };
  return contribute(device, { g: G, up: IS_UP }, (site) => device.product.pulse!(site), 'update stage');
}

/** What the update stage makes of the devices' answer. */
function written({ model }: PulsedModel, response: Expression, wanted: Expression): Expression {
  if (model.operations.update === 'digital') return response;
  const window = model.device.product;
  const given = { before: G, request: wanted };
  return applyEffects('update', model.nonIdealities, response, given, (effect, value, site) =>
    effect.apply(value, { window, ...site }),
  );
}

/** What was said of any device, said of the one in this plane: with its state, its parameters, its noise. */
function at(
  { device, mapping, nonIdealities }: ArrayModel,
  e: Expression,
  stream: string,
  plane: DevicePulse['plane'],
  site: Readonly<Record<string, Expression>>,
): Expression {
  const parameters = deviceParameters([device, ...nonIdealities]);
  return mapLeaves(
    scope(e, stream, () => false),
    (leaf) => {
      if (leaf.op !== 'input') return leaf;
      if (!(leaf.name in parameters)) return site[leaf.name] ?? leaf;
      if (typeof plane === 'number') return input(nameInPlane(plane, leaf.name));
      const ofEach = Array.from({ length: mapping.planes }, (_, p) => input(nameInPlane(p, leaf.name)));
      return pick(plane, ofEach);
    },
  );
}

/** The value of the plane that is meant. */
function pick(plane: DevicePulse['plane'], values: readonly Expression[]): Expression {
  if (typeof plane === 'number') return values[plane]!;
  return values.reduce((chosen, value, p) => select(less(p - 0.5, plane), value, chosen));
}

/** What plane p holds after `after` was put into the plane that is meant. */
function put(plane: DevicePulse['plane'], p: number, after: Expression, before: Expression): Expression {
  if (typeof plane === 'number') return p === plane ? after : before;
  return select(less(abs(subtract(plane, p)), 0.5), after, before);
}
