import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { fixture, sets, temporaryFolder, TINY, txsim, type Outcome } from './support/txsim.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

/** A command that must be refused as wrong input, with nothing written. */
async function refused(...args: string[]): Promise<Outcome> {
  const outcome = await txsim(folder, 'train', ...TINY, ...args);
  expect(outcome.code, outcome.stderr).toBe(2);
  expect(outcome.stderr).not.toMatch(/^\s+at /m);
  expect(await readdir(folder)).not.toContain('runs');
  return outcome;
}

it('lists every problem of a stack at once, with path, value, expectation and the nearest name', async () => {
  const changes = ['stack.adc.bitz=4', 'stack.device.gMin=1', 'stack.dac.bits=0', 'network.use=mlpp'];
  const { stderr } = await refused(...sets(...changes));
  expect(stderr).toContain('stack.adc.bitz: unknown key. Did you mean "bits"?');
  expect(stderr).toMatch(/stack\.device\.gMin: expected gMin < gMax .*\(got 1\)/);
  expect(stderr).toMatch(/stack\.dac\.bits: .*>=2.*\(got 0\)/);
  expect(stderr).toMatch(/CONTRIBUTION_NOT_FOUND \[mlpp\].*Did you mean "mlp/);
  expect(stderr.trim().split('\n')).toHaveLength(5);
});

it('finds unknown keys of the stack itself', async () => {
  const { stderr } = await refused(...sets('stak.adc.bits=4'));
  expect(stderr).toContain('stak: unknown key. Did you mean "stack"?');
});

it('says how a contribution comes to be there', async () => {
  const { stderr } = await refused(...sets('stack.device.use=hfo2/bipolar'));
  expect(stderr).toContain('no deviceModel of this name is loaded. Known: device-models/ideal');
  expect(stderr).toContain('A plugin is loaded when "plugins" of the stack, or --plugin, names it.');
});

it('says what was tried for a plugin that is not installed', async () => {
  const { stderr } = await refused('--plugin', 'hfo2');
  for (const text of [
    'PLUGIN_NOT_FOUND [hfo2]',
    '@txsim/plugin-hfo2, txsim-plugin-hfo2, hfo2',
    'npm install',
  ]) {
    expect(stderr).toContain(text);
  }
});

it('refuses a plugin for another version of the core, and a module that is no plugin', async () => {
  const plugins = ['--plugin', fixture('other-core.mjs'), '--plugin', fixture('not-a-plugin.mjs')];
  const { stderr } = await refused(...plugins);
  expect(stderr).toContain('PLUGIN_ENGINE [txsim-plugin-other-core@1.0.0] needs @txsim/core ^99.0.0');
  expect(stderr).toContain('PLUGIN_INVALID');
});

it('names the cycle of contributions that need each other', async () => {
  const cycle = sets('stack.dac={"use":"cyclic/dac"}', 'stack.adc={"use":"cyclic/adc"}');
  const { stderr } = await refused('--plugin', fixture('cyclic.mjs'), ...cycle);
  expect(stderr).toContain('PLUGIN_CYCLE');
  expect(stderr).toMatch(/cyclic\/(dac|adc) → cyclic\/(adc|dac) → cyclic/);
});

it('gives file, line and column of a syntax error', async () => {
  await writeFile(join(folder, 'broken.jsonc'), '{\n  // a comment\n  "seed": 1\n  "backend": "wasm"\n}\n');
  const { stderr } = await refused('broken.jsonc');
  expect(stderr).toContain('broken.jsonc:4:3: comma expected');
});

it('names a stack file that is not there', async () => {
  expect((await refused('nowhere.jsonc')).stderr).toContain('nowhere.jsonc: cannot be read: no such file');
});

it('names the file of a damaged data set', async () => {
  const data = join(folder, 'digits');
  await mkdir(data);
  await writeFile(join(data, 'train-images-idx3-ubyte'), new Uint8Array([0, 0, 8, 3, 0, 0, 0, 2, 0, 0]));
  const { stderr } = await refused(...sets('dataset.folder=./digits'));
  expect(stderr).toContain('DATASET_INVALID [./digits/train-images-idx3-ubyte]');
});

it('does not write into a folder that holds something', async () => {
  const out = join(folder, 'taken');
  await mkdir(out);
  await writeFile(join(out, 'precious'), '');
  expect((await refused('--out', out)).stderr).toContain('is not overwritten');
  expect(await readdir(out)).toEqual(['precious']);
});

it('prints one JSON object with --json also when it refuses', async () => {
  const { stdout } = await refused('--json', ...sets('stack.adc.bitz=4'));
  const { error } = JSON.parse(stdout) as { error: { message: string; problems: { code: string }[] } };
  expect(error.problems.map(({ code }) => code)).toEqual(['CONTRIBUTION_CONFIG']);
});
