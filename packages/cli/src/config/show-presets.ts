import { didYouMean } from '@txsim/core';
import { InputError } from '../output/input-error.js';
import { printResult } from '../output/result.js';
import { table } from '../output/table.js';
import { presets, readPreset } from './presets.js';

/** `txsim presets` */
export async function showPresets(name: string | undefined, { json }: { json?: boolean }): Promise<void> {
  if (name === undefined) {
    printResult({ presets }, json, () => table(presets.map((preset) => [preset.name, preset.description])));
    return;
  }
  const source = await readPreset(name);
  if (!source) {
    const hint = didYouMean(name, presets.map((preset) => preset.name)); // prettier-ignore
    throw new InputError(`there is no preset "${name}".${hint} See txsim presets.`);
  }
  printResult(source.value, json, () => JSON.stringify(source.value, null, 2));
}
