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
import type { Inspection } from './inspection.js';
import { namedAdc, namedDac, namedMapping, namedPolicy, namedRule, namedWires } from './named.js';
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
  /** Present in strict runs: what contributions give is looked at. */
  readonly inspection?: Inspection;
}

/** The parts of a composed stack that make its arrays. @param inspection of strict runs */
export const arrayModel = (s: Simulation, inspection?: Inspection): ArrayModel => ({
  seed: s.stack.seed,
  generator: s.stack.generator,
  operations: s.stack.operations,
  device: s.resolveAll(deviceModel)[0]!,
  mapping: namedMapping(s.resolveAll(mapping)[0]!),
  dac: s.resolveAll(dac).map(namedDac)[0] ?? IDEAL_DAC,
  adc: s.resolveAll(adc).map(namedAdc)[0] ?? IDEAL_ADC,
  driver: s.resolveAll(driver)[0],
  sense: s.resolveAll(sense)[0],
  wire: s.resolveAll(wireModel).map((wires) => namedWires(wires, inspection))[0],
  speedup: s.resolveAll(speedupPolicy).map((policy) => namedPolicy(policy, inspection))[0],
  compensation: s.resolveOptional(compensation),
  updateRule: namedRule(s.resolveAll(updateRule)[0]!, inspection),
  countPulses: s.stack.stack.countPulses ?? false,
  nonIdealities: s.resolveAll(nonIdeality),
  inspection,
});
