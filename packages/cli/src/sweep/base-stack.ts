import { completeSource, type LoadedStack } from '../config/load-stack.js';
import { readStackFile } from '../config/read-stack-file.js';
import { setValue } from '../config/set-value.js';

/** The stack that a study varies, as a worker can be told of it. */
export interface BaseRequest {
  /** A file, or a preset; absent: the built-in example. */
  readonly file?: string | undefined;
  /** The stack itself, where the study has it. */
  readonly inline?: {
    readonly value: Record<string, unknown>;
    readonly origin: string;
    readonly base: string;
  };
  /** `path=value` */
  readonly set: readonly string[];
  readonly plugins: readonly string[];
}

/** Reads, completes and checks the stack of a study, with its plugins. @throws InputError naming the file */
export async function loadBase({ file, inline, set, plugins }: BaseRequest): Promise<LoadedStack> {
  const source = inline
    ? { ...inline, value: structuredClone(inline.value), name: 'study' }
    : await readStackFile(file);
  for (const assignment of set) setValue(source.value, assignment);
  return completeSource(source, plugins);
}
