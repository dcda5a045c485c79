import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll } from 'vitest';

/** What users run; it needs a build. */
export const TXSIM = resolve('packages/cli/dist/txsim.js');
export const fixture = (name: string): string => resolve('test/cli/fixtures', name);

/** The built-in example cut down to about a second. */
export const TINY = sets(
  'dataset.trainSize=320',
  'dataset.testSize=100',
  'network.units=[16]',
  'backend=wasm',
);

/** `--set` for each assignment. */
export function sets(...assignments: string[]): string[] {
  return assignments.flatMap((assignment) => ['--set', assignment]);
}

/** How a command ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** Starts `txsim` in a folder. */
export function start(cwd: string, ...args: string[]): Running {
  const child = spawn(process.execPath, [TXSIM, ...args], { cwd, env: { ...process.env, NO_COLOR: '1' } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const outcome = new Promise<Outcome>((done) => child.on('close', (code) => done({ code, stdout, stderr })));
  return { process: child, outcome };
}

/** Runs `txsim` in a folder to its end. */
export const txsim = (cwd: string, ...args: string[]): Promise<Outcome> => start(cwd, ...args).outcome;

/** The same with something on standard input. */
export function txsimWith(input: string, cwd: string, ...args: string[]): Promise<Outcome> {
  const { process: child, outcome } = start(cwd, ...args);
  child.stdin!.end(input);
  return outcome;
}

/** A new folder that goes away after the tests of a file. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'txsim-'));
  afterAll(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Waits until a file is there. */
export async function appears(path: string): Promise<void> {
  while (!existsSync(path)) await setTimeout(5);
}
