import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { presets as devices } from '@txsim/device-models';
import { PRESETS } from '../locations.js';
import { parseJsonc } from './parse-jsonc.js';
import { asObject, type StackSource } from './stack-source.js';

/** A stack that comes with the command line. */
export interface Preset {
  readonly name: string;
  readonly description: string;
}

const PAPER: Preset = {
  name: 'txsim-paper',
  description:
    'The set-up of Roy et al., arXiv 2002.11151: LeNet-5, 64 × 64 arrays of 2-bit devices from 100 kΩ to 1 MΩ, 32-bit weights, digital subtraction, 1-bit DACs. Inputs and errors have 8 bits; the paper’s 32 (stack.dac.bits) take about four times as long.',
};

/** The paper's set-up, and one for each published device. */
export const presets: readonly Preset[] = [
  PAPER,
  ...devices.map(({ id, description }) => ({ name: id, description })),
];

/** The stack of a preset; undefined where there is none of this name. Paths in it are relative to the working directory. */
export async function readPreset(name: string): Promise<StackSource | undefined> {
  if (!presets.some((preset) => preset.name === name)) return undefined;
  const file = name === PAPER.name ? PAPER.name : 'device';
  const path = join(PRESETS, `${file}.jsonc`);
  const origin = `preset ${name}`;
  const value = asObject(parseJsonc(await readFile(path, 'utf8'), path), origin);
  const place = { origin, name, base: process.cwd() };
  if (name === PAPER.name) return { value, ...place };
  const array = asObject(value['stack'], origin);
  return { value: { ...value, stack: { ...array, device: { use: `device-models/${name}` } } }, ...place };
}
