import { spawnSync } from 'node:child_process';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Claims, STALE_AFTER } from '../../src/sweep/claims.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let folder: string;
const open: Claims[] = [];
const claims = (): Claims => {
  const made = new Claims(folder);
  open.push(made);
  return made;
};
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.releaseAll();
});

const files = async (): Promise<string[]> => (await readdir(folder)).sort();
const age = (name: string, milliseconds: number): Promise<void> => {
  const then = new Date(Date.now() - milliseconds);
  return utimes(join(folder, name), then, then);
};

it('gives a run to one of many that ask at once', async () => {
  const all = Array.from({ length: 20 }, claims);
  const got = await Promise.all(all.map((one) => one.take('1-seed-1')));
  expect(got.filter(Boolean)).toHaveLength(1);
  expect(all.map((one) => one.holds('1-seed-1'))).toEqual(got);
});

it('gives a run that was released to the next one', async () => {
  const [a, b] = [claims(), claims()];
  await a.take('1');
  expect(await b.take('1')).toBe(false);
  await a.release('1');
  expect(await b.take('1')).toBe(true);
  expect(await b.take('11')).toBe(true);
});

it('takes over from a process that is dead, and only one does', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  await writeFile(join(folder, '1.1'), JSON.stringify({ pid: dead, host: hostname(), token: 'x' }));
  const all = Array.from({ length: 20 }, claims);
  const got = await Promise.all(all.map((one) => one.take('1')));
  expect(got.filter(Boolean)).toHaveLength(1);
  expect(await files()).toEqual(['1.1', '1.2']);
});

it('leaves a claim of another machine alone as long as it is touched', async () => {
  await writeFile(join(folder, '1.1'), JSON.stringify({ pid: 1, host: 'elsewhere', token: 'x' }));
  const one = claims();
  await age('1.1', STALE_AFTER - 5000);
  expect(await one.take('1')).toBe(false);
  await age('1.1', STALE_AFTER + 5000);
  expect(await one.take('1')).toBe(true);
});

it('knows that it lost a run while it slept, and does not take it back', async () => {
  const [sleeper, other] = [claims(), claims()];
  await sleeper.take('1');
  await age('1.1', STALE_AFTER + 1);
  expect(await other.take('1')).toBe(true);
  expect(sleeper.holds('1')).toBe(false);
  await sleeper.release('1');
  expect(other.holds('1')).toBe(true);
  expect(await claims().take('1')).toBe(false);
});

it('removes all claims of a run that is finished', async () => {
  const [a, b] = [claims(), claims()];
  await a.take('1');
  await age('1.1', STALE_AFTER + 1);
  await b.take('1');
  await b.take('2');
  await b.close('1');
  expect(await files()).toEqual(['2.1']);
});
