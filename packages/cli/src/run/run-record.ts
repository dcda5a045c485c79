import type { RunDescription, Stack } from '@txsim/core';
import { arch, cpus, platform } from 'node:os';
import { relative, resolve } from 'node:path';
import { asObject, type StackSource } from '../config/stack-source.js';
import { VERSION } from '../version.js';

/** The record's name in the run's folder. */
export const RECORD_FILE = 'run.json';

/** All that is needed to make a run again, and on what it was made. */
export interface RunRecord {
  /** The version of @txsim/cli. */
  readonly txsim: string;
  readonly name: string;
  /** The stack with what the command line set; defaults of contributions are theirs. */
  readonly stack: Stack;
  /** From the run's folder to the one that paths in the stack are relative to. */
  readonly resolveFrom: string;
  readonly twin: boolean;
  readonly seed: number;
  readonly backend: string;
  /** Plugin name → version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly host: Readonly<Record<'platform' | 'cpu' | 'node', string>>;
}

/** The record of a run that begins. */
export function recordOf(
  run: Pick<RunDescription, 'backend' | 'versions'>,
  { stack, name, base, twin }: { stack: Stack; name: string; base: string; twin: boolean },
  folder: string,
): RunRecord {
  return {
    txsim: VERSION,
    name,
    stack,
    resolveFrom: relative(folder, base).replaceAll('\\', '/') || '.',
    twin,
    seed: stack.seed,
    backend: run.backend,
    versions: run.versions,
    host: hostFacts(),
  };
}

/** What a run is made on. */
export const hostFacts = (): RunRecord['host'] => ({
  platform: `${platform()} ${arch()}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  node: process.version,
});

/** Whether a file that was read is the record of a run, and not a stack. */
export const isRunRecord = (value: Record<string, unknown>): boolean =>
  typeof value['resolveFrom'] === 'string' && !('dataset' in value);

/** The stack of a record, on the backend that the run had. */
export function sourceOfRecord(
  value: Record<string, unknown>,
  place: Omit<StackSource, 'value'>,
): StackSource {
  const record = value as Partial<RunRecord>;
  const stack = asObject(record.stack, `${place.origin} stack`);
  return {
    value: { ...stack, backend: record.backend ?? stack['backend'] },
    origin: place.origin,
    name: record.name ?? place.name,
    base: resolve(place.base, record.resolveFrom ?? '.'),
    twin: record.twin ?? true,
  };
}
