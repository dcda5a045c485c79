import {
  adc,
  compensation,
  dac,
  deviceModel,
  driver,
  mapping,
  nonIdeality,
  sense,
  speedupPolicy,
  updateRule,
  wireModel,
  type Adc,
  type Compensation,
  type Dac,
  type DeviceModel,
  type Driver,
  type Labelled,
  type Mapping,
  type NonIdeality,
  type Sense,
  type Simulation,
  type SpeedupPolicy,
  type Stack,
  type UpdateRule,
  type WireModel,
} from '@txsim/core';
import { IDEAL_ADC, IDEAL_DAC } from './ideal-converters.js';
import type { Randomness } from './noise.js';

/** All that the arrays of a simulation are made of. */
export interface ArrayModel extends Randomness {
  readonly operations: Stack['operations'];
  readonly device: Labelled<DeviceModel>;
  readonly mapping: Mapping;
  readonly dac: Dac;
  readonly adc: Adc;
  readonly driver?: Labelled<Driver>;
  readonly sense?: Labelled<Sense>;
  readonly wire?: WireModel;
  readonly speedup?: SpeedupPolicy;
  readonly compensation?: Compensation;
  readonly updateRule: UpdateRule;
  /** Whether pulses are counted though no non-ideality asks for it. */
  readonly countPulses: boolean;
  readonly nonIdealities: readonly Labelled<NonIdeality>[];
}

/** The parts of a composed stack that make its arrays. */
export const arrayModel = (s: Simulation): ArrayModel => ({
  seed: s.stack.seed,
  generator: s.stack.generator,
  operations: s.stack.operations,
  device: s.resolveAll(deviceModel)[0]!,
  mapping: s.resolve(mapping),
  dac: s.resolveOptional(dac) ?? IDEAL_DAC,
  adc: s.resolveOptional(adc) ?? IDEAL_ADC,
  driver: s.resolveAll(driver)[0],
  sense: s.resolveAll(sense)[0],
  wire: s.resolveOptional(wireModel),
  speedup: s.resolveOptional(speedupPolicy),
  compensation: s.resolveOptional(compensation),
  updateRule: s.resolve(updateRule),
  countPulses: s.stack.stack.countPulses ?? false,
  nonIdealities: s.resolveAll(nonIdeality),
});
