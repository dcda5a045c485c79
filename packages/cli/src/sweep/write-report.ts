import { join } from 'node:path';
import { outcomesOf, planStudy, studyReport } from '@txsim/studies';
import { writeAtomically } from '../run/write-atomically.js';
import type { SweepFolder } from './sweep-folder.js';

/** Writes report.html, plots/ and the results of a sweep, however far it came. @returns the report's path */
export async function writeReport(folder: SweepFolder): Promise<string> {
  const { name, study, stack, setStack, parts, versions } = folder.record;
  const plan = planStudy(study, stack);
  await folder.collect(plan);
  const outcomes = outcomesOf(plan, folder.results());
  const { page, files } = await studyReport({ name, plan, outcomes, stack: setStack, parts, versions });
  for (const [file, content] of files) await writeAtomically(join(folder.path, file), content);
  const path = join(folder.path, 'report.html');
  await writeAtomically(path, page);
  return path;
}
