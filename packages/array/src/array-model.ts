import {
  adc,
  cellCurve,
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
  type CurvedCells,
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
import { curvedCells, wiresOf } from './cells.js';
import { IDEAL_ADC, IDEAL_DAC } from './ideal-converters.js';
import type { Inspection } from './inspection.js';
import { namedAdc, namedDac, namedMapping, namedPolicy, namedRule, namedWires } from './named.js';
import type { Randomness } from './noise.js';

/** All that the arrays of a simulation are made of. */
export interface ArrayModel extends Randomness {
  readonly operations: Stack['operations'];
  readonly device: Labelled<DeviceModel>;
  /** Absent: linear ones. */
  readonly cells?: CurvedCells;
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
export function arrayModel(s: Simulation, inspection?: Inspection): ArrayModel {
  const inputs = s.resolveAll(dac).map(namedDac)[0];
  const [curve] = s.resolveAll(cellCurve);
  const cells = curve && curvedCells(curve, inputs?.readVoltage);
  const planes = namedMapping(s.resolveAll(mapping)[0]!);
  const wires = s.resolveAll(wireModel).map((found) => wiresOf(found, cells));
  return {
    seed: s.stack.seed,
    generator: s.stack.generator,
    operations: s.stack.operations,
    device: s.resolveAll(deviceModel)[0]!,
    cells,
    mapping: planes,
    dac: inputs ?? IDEAL_DAC,
    adc: s.resolveAll(adc).map(namedAdc)[0] ?? IDEAL_ADC,
    driver: s.resolveAll(driver)[0],
    sense: s.resolveAll(sense)[0],
    wire: wires.map((found) => namedWires(found, inspection))[0],
    speedup: s.resolveAll(speedupPolicy).map((policy) => namedPolicy(policy, inspection))[0],
    compensation: s.resolveOptional(compensation),
    updateRule: namedRule(s.resolveAll(updateRule)[0]!, inspection),
    countPulses: s.stack.stack.countPulses ?? false,
    nonIdealities: s.resolveAll(nonIdeality),
    inspection,
  };
}
