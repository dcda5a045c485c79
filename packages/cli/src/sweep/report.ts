import { relative, resolve } from 'node:path';
import { InputError } from '../output/input-error.js';
import { printResult } from '../output/result.js';
import { SweepFolder } from './sweep-folder.js';
import { writeReport } from './write-report.js';

/** `txsim report` */
export async function report(path: string, { json }: { readonly json?: boolean }): Promise<void> {
  const folder = new SweepFolder(path);
  if (folder.results().size === 0) throw new InputError(`${path}: no run of this sweep is finished yet`);
  const written = resolve(await writeReport(folder));
  printResult({ report: written }, json, () => `report  ${relative(process.cwd(), written)}`);
}
