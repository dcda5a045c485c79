import circuitModels from '@txsim/circuit-models';
import { Registry, type Plugin } from '@txsim/core';
import deviceModels from '@txsim/device-models';
import backendCpu from '@txsim/plugin-backend-cpu';
import backendWasm from '@txsim/plugin-backend-wasm';
import cellCurve from '@txsim/plugin-cell-curve';
import datasets from '@txsim/plugin-datasets';
import decayDiffusion from '@txsim/plugin-decay-diffusion';
import deviceVariation from '@txsim/plugin-device-variation';
import drift from '@txsim/plugin-drift';
import driftCompensation from '@txsim/plugin-drift-compensation';
import endurance from '@txsim/plugin-endurance';
import limitedLevels from '@txsim/plugin-limited-levels';
import mapping from '@txsim/plugin-mapping';
import mlp from '@txsim/plugin-mlp';
import mnist from '@txsim/plugin-mnist';
import networks from '@txsim/plugin-networks';
import readNoise from '@txsim/plugin-read-noise';
import speedup from '@txsim/plugin-speedup';
import stuckDevices from '@txsim/plugin-stuck-devices';
import telegraphNoise from '@txsim/plugin-telegraph-noise';
import temperature from '@txsim/plugin-temperature';
import wireResistance from '@txsim/plugin-wire-resistance';
import writeNoise from '@txsim/plugin-write-noise';
import trainers from '@txsim/trainers';

/** The plugins that come with the simulator. Reporters are the command line's. */
export const standardPlugins: readonly Plugin[] = [
  deviceModels,
  circuitModels,
  trainers,
  mapping,
  speedup,
  backendWasm,
  backendCpu,
  mlp,
  networks,
  mnist,
  datasets,
  deviceVariation,
  limitedLevels,
  readNoise,
  wireResistance,
  cellCurve,
  writeNoise,
  stuckDevices,
  drift,
  driftCompensation,
  decayDiffusion,
  endurance,
  telegraphNoise,
  temperature,
];

/**
 * A registry with the standard plugins and yours.
 *
 * @throws PluginError if one of yours is no plugin, was written for another core or takes a namespace twice
 */
export function standardRegistry(plugins: readonly Plugin[] = []): Registry {
  const registry = new Registry();
  for (const plugin of [...standardPlugins, ...plugins]) registry.add(plugin);
  return registry;
}
