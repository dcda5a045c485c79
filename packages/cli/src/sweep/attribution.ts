import { compose, deviceModel, nonIdeality, type Simulation } from '@txsim/core';
import { parseStudy, type Study } from '@txsim/studies';
import { InputError } from '../output/input-error.js';
import { OutputFolder } from '../run/output-folder.js';
import type { TrainRequest } from '../run/prepare.js';
import { loadBase, type BaseRequest } from './base-stack.js';
import { runSweep } from './sweep.js';

type Parts = Extract<Study['design'], { kind: 'attribution' }>['parts'];

const READING = ['forward', 'backward'] as const;

/** `txsim train --attribute`: a sweep that takes each non-ideality alone, and away alone. */
export async function attribute(request: TrainRequest): Promise<void> {
  const { file, set, plugin, seed = 1, seeds = 3 } = request;
  const base: BaseRequest = { file, set, plugins: plugin };
  const { stack, registry, host, name, origin } = await loadBase(base);
  const simulation = compose(stack, registry, host);
  const parts = partsOf(simulation);
  simulation.dispose();
  if (Object.keys(parts).length === 0) throw new InputError(`${origin}: --attribute: nothing in this stack can be taken away`); // prettier-ignore
  const study = parseStudy({
    title: `What costs what: ${stack.network.use} on ${stack.dataset.use}`,
    design: { kind: 'attribution', parts },
    seeds: Array.from({ length: seeds }, (_, i) => seed + i),
    twin: request.twin,
  });
  const folder = request.out ?? OutputFolder.next(`${name}-attribution`).path;
  await runSweep({ study, base, origin, name }, folder, request);
}

/** What of a stack can be taken away, and in which operations it acts. */
export function partsOf(simulation: Simulation): Parts {
  const { stack, parts } = simulation;
  const found: [string, Parts[string]][] = [];
  const add = (name: string, operations: Parts[string]['operations'], off: Parts[string]['off']): void => {
    const same = found.filter(([other]) => other.split('#')[0] === name).length;
    found.push([same === 0 ? name : `${name}#${same + 1}`, { operations, off }]);
  };
  const { device } = stack.stack;
  // A pulsed rule asks the device for pulses, which an ideal one does not know.
  if (stack.stack.updateRule?.use === 'trainers/outer-product' && device.use !== 'device-models/ideal') {
    const { gMin, gMax } = simulation.resolve(deviceModel);
    add('device response', ['update'], { 'stack.device': { use: 'device-models/ideal', gMin, gMax } });
  }
  for (const part of ['dac', 'adc', 'driver', 'sense', 'wire'] as const) {
    if (parts.some(({ path }) => path === `stack.${part}`))
      add(part, [...READING], { [`stack.${part}.enabled`]: false });
  }
  simulation.resolveAll(nonIdeality).forEach(({ label, product: { effects } }, i) => {
    const path = parts.filter((part) => part.path.startsWith('stack.nonIdealities.'))[i]!.path;
    const stages = effects.map(({ stage }) => stage);
    const reads = stages.some((stage) => stage === 'conduct' || stage === 'read' || stage === 'retain');
    const writes = stages.some((stage) => stage === 'program' || stage === 'update');
    const operations = [...(reads ? READING : []), ...(writes ? (['update'] as const) : [])];
    if (operations.length > 0) add(label.split('/').at(-1)!, operations, { [`${path}.enabled`]: false });
  });
  return Object.fromEntries(found);
}
