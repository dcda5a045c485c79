import { compose } from '@txsim/core';
import { planStudy, stackOf, type StudyPlan } from '@txsim/studies';
import { naming, type LoadedStack } from '../config/load-stack.js';
import { VERSION } from '../version.js';
import { loadBase } from './base-stack.js';
import { checkPoints } from './check-points.js';
import type { StudySource } from './read-study.js';
import type { SweepRecord } from './sweep-folder.js';

/** A sweep that can begin. */
export interface PreparedSweep {
  readonly plan: StudyPlan;
  readonly loaded: LoadedStack;
  readonly record: SweepRecord;
}

/** @throws InputError naming the study with everything that is wrong with it or with the stacks of its points */
export async function prepareSweep({ study, base, origin, name }: StudySource): Promise<PreparedSweep> {
  const loaded = await loadBase(base);
  return naming(origin, async () => {
    const plan = planStudy(study, loaded.stack);
    checkPoints(plan, loaded);
    const { stack, registry, host, plugins } = loaded;
    const setStack = stackOf(stack, { assignments: Object.entries(study.set) });
    const simulation = compose(setStack, registry, host);
    const { parts } = simulation;
    simulation.dispose();
    const versions = Object.fromEntries(plugins.map(({ plugin }) => [plugin.name, plugin.version]));
    return { plan, loaded, record: { txsim: VERSION, name, study, stack, setStack, parts, versions } };
  });
}
