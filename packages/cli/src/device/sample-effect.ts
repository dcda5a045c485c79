import { conductanceRange, type NonIdeality, type Stage, type StageEffect } from '@txsim/core';
import { vectorOf } from '@txsim/device-models';
import { input, inputNames, multiply, sqrt, type Expression } from '@txsim/ops';

/** The window of the devices that are shown, siemens. */
export const WINDOW = { gMin: 1e-6, gMax: 1e-5 };
/** A line of devices of one conductance, driven by one voltage (volts). */
const LINE = { devices: 64, voltage: 0.2 };
/** The change that a write asks for, fraction of the window. */
const REQUEST = 0.05;
/** Conductances that are followed where the axis is another quantity, fractions of the window. */
const LEVELS = [0, 0.5, 1];
const STEPS = 40;
const YEAR = 365 * 86_400;

/** What is along the axis. */
export type Axis = 'conductance' | 'time' | 'pulses';

/** Quantiles over the sample at one place. */
export interface Place {
  readonly x: number;
  /** What comes out where nothing acts. */
  readonly given: number;
  /** 5, 25, 50, 75 and 95 % of the devices lie below. */
  readonly quantiles: readonly [number, number, number, number, number];
  /** One of the devices. */
  readonly one: number;
}

/** What the effects of one stage make of devices, along an axis. */
export interface StageSample {
  readonly stage: Stage;
  readonly axis: Axis;
  /** What comes out: a conductance (siemens), a change of one by a write (siemens), or the current of a line (amperes). */
  readonly result: 'conductance' | 'change' | 'current';
  readonly series: readonly (readonly Place[])[];
}

/** The stages of a non-ideality, each seen on a sample of devices. */
export function sampleEffect(product: NonIdeality, devices: number, seed: number): StageSample[] {
  const parameters = Object.fromEntries(
    Object.entries(product.perDevice ?? {}).map(([name, e]) => [name, vectorOf(e, devices, seed, 'device')({}, 0)]), // prettier-ignore
  );
  const stages = [...new Set(product.effects.map(({ stage }) => stage))];
  return stages.map((stage) => sampleStage(stage, product.effects, parameters, devices, seed));
}

function sampleStage(
  stage: Stage,
  effects: readonly StageEffect[],
  parameters: Readonly<Record<string, Float64Array>>,
  devices: number,
  seed: number,
): StageSample {
  const expression = effects.filter((e) => e.stage === stage).reduce(apply, input('value'));
  const axis = axisOf(stage, expression);
  const result = stage === 'read' ? 'current' : stage === 'update' && axis !== 'pulses' ? 'change' : 'conductance'; // prettier-ignore
  const values = vectorOf(expression, devices, seed, 'effect', stage);
  const at = (site: Readonly<Record<string, number>>, draw: number): Float64Array => {
    const vectors = Object.entries(site).map(([name, v]) => [name, new Float64Array(devices).fill(v)]);
    return values({ ...parameters, ...(Object.fromEntries(vectors) as Record<string, Float64Array>) }, draw);
  };
  const levels = axis === 'conductance' ? [undefined] : LEVELS;
  const series = levels.map((level, s) =>
    Array.from({ length: STEPS + 1 }, (_, i): Place => {
      const x = placeOnAxis(axis, i / STEPS);
      const g = level === undefined ? x : conductanceOf(level);
      const site = siteOf(stage, axis, g, x);
      const base = result === 'change' ? g : 0;
      const found = at(site, i + s * (STEPS + 1)).map((v) => v - base);
      const one = found[(i * 7919) % devices]!;
      found.sort();
      const quantile = (part: number): number => found[Math.round(part * (devices - 1))]!;
      const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95].map(quantile) as unknown as Place['quantiles'];
      return { x, given: site['value']! - base, quantiles, one };
    }),
  );
  return { stage, axis, result, series };
}

const conductanceOf = (place: number): number => WINDOW.gMin + place * conductanceRange(WINDOW);

function axisOf(stage: Stage, expression: Expression): Axis {
  if (stage === 'retain') return 'time';
  return inputNames(expression).includes('pulses') ? 'pulses' : 'conductance';
}

/** From 1 s to a year, from one pulse to 10⁹, from gMin to gMax. */
function placeOnAxis(axis: Axis, part: number): number {
  if (axis === 'conductance') return conductanceOf(part);
  return (axis === 'time' ? YEAR : 1e9) ** part;
}

/** What a stage gives for a device of conductance g. */
function siteOf(stage: Stage, axis: Axis, g: number, x: number): Record<string, number> {
  if (stage === 'retain') return { value: g, time: x };
  if (stage === 'read') {
    const { devices, voltage } = LINE;
    const current = devices * voltage;
    const norm = Math.sqrt(devices) * voltage;
    return { value: current * g, conductance: g, driveNorm: norm, fullScale: current * WINDOW.gMax };
  }
  if (stage !== 'update') return { value: g };
  const request = axis === 'pulses' ? 0 : REQUEST * conductanceRange(WINDOW);
  return { value: g + request, before: g, request, pulses: axis === 'pulses' ? x : 0 };
}

function apply(value: Expression, effect: StageEffect): Expression {
  const window = WINDOW;
  switch (effect.stage) {
    case 'program':
    case 'conduct':
      return effect.apply(value, { window });
    case 'retain':
      return effect.apply(value, { window, time: input('time') });
    case 'update':
      return effect.apply(value, { window, before: input('before'), request: input('request'), pulses: input('pulses') }); // prettier-ignore
    case 'read': {
      const [driveNorm, fullScale, g] = [input('driveNorm'), input('fullScale'), input('conductance')];
      const deviation = sqrt(effect.deviceVariance?.(g, { window }) ?? multiply(g, g));
      const deviceCurrentNorm = multiply(driveNorm, deviation);
      return effect.apply(value, { window, direction: 'forward', planes: 1, driveNorm, deviceCurrentNorm, fullScale }); // prettier-ignore
    }
  }
}
