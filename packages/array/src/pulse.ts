import type { DevicePulse } from '@txsim/core';
import {
  abs,
  add,
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
import { countersBefore, namesOfCounters, type Counters } from './counters.js';
import { applyEffects, contribute, parameterNames } from './effects.js';
import { nameInPlane } from './planes.js';
import { inWindow } from './program.js';

/** Numbers of pulses per weight, in expressions. */
export const UP_COUNT = 'up count';
export const DOWN_COUNT = 'down count';
/** The same with a sign, up where positive. */
export const NET_COUNT = 'net count';

/** What a pulse, or a burst of them, may depend on, before it is known which device gets it. */
const SITE = { g: 'pulse:g', up: 'pulse:up', count: 'pulse:count', pulses: 'pulse:pulses' };
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
    (pulses(constant(1), devicesBefore(model).planes).length * Math.abs(perDevice) * step * weightRange) /
    (gMax - gMin)
  );
}

/** The devices of a weight: what each holds, and its counters. */
interface Devices extends Counters {
  readonly planes: readonly Expression[];
}

/** The devices before an update. */
const devicesBefore = ({ mapping }: ArrayModel): Devices => ({
  planes: Array.from({ length: mapping.planes }, (_, p) => input(planeName(p))),
  ...countersBefore(mapping.planes),
});

/**
 * One pulse of a weight: which devices get it → their answer → the update stage → clipped to the window. A state that
 * is not addressed stays.
 *
 * @param counting whether the counters are part of the state
 */
export function pulseProgram(pulsed: PulsedModel, counting: boolean): PulseProgram {
  const { model } = pulsed;
  const { gMin, gMax } = model.device.product;
  const before = devicesBefore(model);
  const one = written(pulsed, answer(pulsed), request(pulsed, IS_UP));
  const after = pulsed.pulses(input(UP), before.planes).reduce((now, pulse, k) => {
    const g = clamp(at(model, one, `pulse${k}`, pulse.plane, siteOf(before, pulse)), gMin, gMax);
    return wrote(pulsed, now, pulse, g, constant(1));
  }, before);
  const names = before.planes.map((_, p) => planeName(p));
  if (!counting) return { state: names, next: after.planes };
  return { state: [...names, ...namesOfCounters(names.length)], next: allOf(after) };
}

/**
 * Counted pulses of a weight as two writes: a burst of all that go up, then one of all that go down. Where the mapping
 * turns from one device to another in the middle of a burst, what the first one could not take goes to the next.
 *
 * @param counting whether the counters are part of the state
 * @returns the next state of each plane, then of the counters
 */
export function burstExpressions(pulsed: PulsedModel, counting: boolean): readonly Expression[] {
  const raised = burstOf(pulsed, devicesBefore(pulsed.model), constant(1), input(UP_COUNT), 'up');
  const after = burstOf(pulsed, raised, constant(0), input(DOWN_COUNT), 'down');
  return counting ? allOf(after) : after.planes;
}

/** Counted pulses of a weight that all go one way, as one write. @returns as `burstExpressions` */
export function netBurstExpressions(pulsed: PulsedModel, counting: boolean): readonly Expression[] {
  const net = input(NET_COUNT);
  const after = burstOf(pulsed, devicesBefore(pulsed.model), less(0, net), abs(net), 'net');
  return counting ? allOf(after) : after.planes;
}

const allOf = ({ planes, pulses, made }: Devices): Expression[] => [...planes, ...pulses, ...made];

function burstOf(
  pulsed: PulsedModel,
  devices: Devices,
  up: Expression,
  count: Expression,
  name: string,
): Devices {
  const pulses = pulsed.pulses(up, devices.planes);
  const all = pulses.map(() => count);
  if (pulses.every(({ plane }) => typeof plane === 'number'))
    return land(pulsed, devices, pulses, all, name, false).devices;
  const first = land(pulsed, devices, pulses, all, name, true);
  return land(pulsed, first.devices, pulsed.pulses(up, first.devices.planes), first.rest, name, false)
    .devices;
}

/**
 * Bursts on the devices that the mapping names, and how many pulses of each found the device at its limit.
 *
 * @param turning whether those are another device's
 */
function land(
  pulsed: PulsedModel,
  devices: Devices,
  pulses: readonly DevicePulse[],
  counts: readonly Expression[],
  name: string,
  turning: boolean,
): { devices: Devices; rest: readonly Expression[] } {
  const { model } = pulsed;
  const window = model.device.product;
  const one = answer(pulsed);
  const moved = burst(one, G, COUNT);
  const whole = written(pulsed, moved, multiply(COUNT, request(pulsed, IS_UP)));
  const wanted = withoutNoise(moved);
  const missed = abs(subtract(wanted, clamp(wanted, window.gMin, window.gMax)));
  const left = divide(missed, maximum(abs(subtract(withoutNoise(one), G)), NO_STEP));
  const rest: Expression[] = [];
  const next = pulses.reduce((now, pulse, k) => {
    const site = { ...siteOf(devices, pulse), [SITE.count]: counts[k]! };
    rest.push(at(model, left, `${name}${k}`, pulse.plane, site));
    const after = inWindow(at(model, whole, `${name}${k}`, pulse.plane, site), window);
    return wrote(pulsed, now, pulse, after, turning ? subtract(counts[k]!, rest[k]!) : counts[k]!);
  }, devices);
  return { devices: next, rest };
}

/** What a pulse finds at the device that gets it. */
const siteOf = ({ planes, pulses }: Devices, { plane, up }: DevicePulse) => ({
  [SITE.g]: pick(plane, planes),
  [SITE.up]: up,
  [SITE.pulses]: pick(plane, pulses),
});

/** The devices after one of them was written to, with so many pulses. */
function wrote(
  { step }: PulsedModel,
  { planes, pulses, made }: Devices,
  { plane, up }: DevicePulse,
  after: Expression,
  count: Expression,
): Devices {
  const inSteps = multiply(select(up, 1 / step, -1 / step), subtract(after, pick(plane, planes)));
  const into = (values: readonly Expression[], value: Expression): Expression[] =>
    values.map((old, p) => put(plane, p, value, old));
  return {
    planes: into(planes, after),
    pulses: into(pulses, add(pick(plane, pulses), count)),
    made: into(made, add(pick(plane, made), inSteps)),
  };
}

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
  const given = { before: G, request: wanted, pulses: input(SITE.pulses) };
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
  const parameters = parameterNames([device, ...nonIdealities]);
  return mapLeaves(
    scope(e, stream, () => false),
    (leaf) => {
      if (leaf.op !== 'input') return leaf;
      if (!parameters.has(leaf.name)) return site[leaf.name] ?? leaf;
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
