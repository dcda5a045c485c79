import { arrayModel, type ArrayModel, type Inspection } from '@txsim/array';
import { compose, type Host, type Registry, type Simulation, type Stack } from '@txsim/core';

/** The arrays of the layers for which a stack says others. */
export interface LayerArrays {
  readonly perLayer: Readonly<Record<string, ArrayModel>>;
  /** What belongs to them alone. */
  readonly simulations: readonly Simulation[];
  dispose(): void;
}

/**
 * Composes the arrays of each layer in `layers.perLayer`: those of the stack, with the parts that are others.
 *
 * @throws StackError naming what is wrong with the parts
 */
export function layerArrays(
  { layers, ...stack }: Stack,
  registry: Registry,
  host?: Host,
  inspection?: Inspection,
): LayerArrays {
  const parts = Object.entries(layers?.perLayer ?? {});
  const simulations: Simulation[] = [];
  const dispose = (): void => simulations.forEach((simulation) => simulation.dispose());
  try {
    for (const [, part] of parts) {
      const own = { ...stack, stack: { ...stack.stack, ...part }, reporters: [], costs: [], extensions: [] };
      simulations.push(compose(own, registry, host));
    }
  } catch (error) {
    dispose();
    throw error;
  }
  const perLayer = Object.fromEntries(
    parts.map(([name], i) => [name, arrayModel(simulations[i]!, inspection)]),
  );
  return { perLayer, simulations, dispose };
}
