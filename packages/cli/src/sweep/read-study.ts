import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseStudy, type Study } from '@txsim/studies';
import { naming } from '../config/load-stack.js';
import { readObject } from '../config/read-stack-file.js';
import type { BaseRequest } from './base-stack.js';

/** A study that was read, and the stack that it varies. */
export interface StudySource {
  readonly study: Study;
  readonly base: BaseRequest;
  readonly origin: string;
  /** What its folder is called after. */
  readonly name: string;
}

/** Reads a study: JSON with comments, or a module whose default export it is. @throws InputError naming the file */
export async function readStudy(file: string, plugins: readonly string[]): Promise<StudySource> {
  const { value, origin, name, base: folder } = await readObject(file);
  const study = await naming(origin, async () => parseStudy(value, origin));
  return { study, origin, name, base: { ...stackOf(study.base, folder, origin), set: [], plugins } };
}

function stackOf(base: Study['base'], folder: string, origin: string): Pick<BaseRequest, 'file' | 'inline'> {
  if (base === undefined) return {};
  if (typeof base === 'object') return { inline: { value: base, origin, base: folder } };
  const near = resolve(folder, base);
  return { file: existsSync(near) ? near : base };
}
