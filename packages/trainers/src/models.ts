import { arrayModel, type Inspection } from '@txsim/array';
import { adc, network, wireModel, type Host, type Registry, type Simulation } from '@txsim/core';
import { convertToAnalog, digitalModel, type AnalogNetwork } from '@txsim/layers';
import { randomStream } from '@txsim/ops';
import type { Participants } from './checkpoint/checkpoint.js';
import { layerArrays } from './layer-arrays.js';
import type { TrainingTask } from './training/train.js';

/** The network of a stack on its arrays, and its digital twin. */
export interface Models {
  readonly analog: AnalogNetwork;
  readonly participants: Participants;
  /** Steps between calibrations; undefined where no converter is to be calibrated. */
  readonly calibrateEvery?: number;
  dispose(): void;
}

/**
 * Builds the network of a stack and puts it on arrays.
 *
 * @param twin whether it is trained digitally, too
 * @param inspection of strict runs
 */
export async function buildModels(
  simulation: Simulation,
  task: { inputShape: readonly number[]; classes: number },
  { registry, host }: { readonly registry: Registry; readonly host?: Host },
  twin: boolean,
  inspection?: Inspection,
): Promise<Models> {
  const { stack } = simulation;
  const layers = layerArrays(stack, registry, host, inspection);
  const digital = await simulation.resolve(network).build(task);
  const choice = { ...stack.layers, perLayer: layers.perLayer };
  const analog = await convertToAnalog(digital, arrayModel(simulation, inspection), choice).catch(
    (error: unknown) => {
      digital.dispose();
      layers.dispose();
      throw error;
    },
  );
  const every = [simulation, ...layers.simulations].flatMap((s) => {
    const fullScale = s.resolveOptional(adc)?.fullScale;
    return fullScale?.kind === 'calibrated' ? [fullScale.every] : [];
  });
  return {
    analog,
    participants: { analog, ...(twin ? { twin: digitalModel(digital) } : {}) },
    ...(every.length > 0 ? { calibrateEvery: Math.min(...every) } : {}),
    dispose: () => {
      analog.dispose();
      digital.dispose();
      layers.dispose();
    },
  };
}

/** Who learns in a run, and in what order; how often converters are calibrated and wires are probed. */
export function trainingOf(
  { stack, events, resolveOptional }: Simulation,
  { analog, participants, calibrateEvery }: Models,
): Pick<TrainingTask, 'model' | 'twin' | 'order' | 'events' | 'calibrateEvery' | 'probeEvery'> {
  const wires = resolveOptional(wireModel)?.probe;
  return {
    model: analog,
    twin: participants['twin'],
    order: randomStream(stack.seed, 'order'),
    events,
    calibrateEvery,
    ...(wires && { probeEvery: wires.every }),
  };
}
