import { InputError } from '../output/input-error.js';

/** A stack as somebody wrote it, with where it comes from. */
export interface StackSource {
  /** Not checked yet. */
  readonly value: Record<string, unknown>;
  /** For messages: the path of the file. */
  readonly origin: string;
  /** What run folders are called after. */
  readonly name: string;
  /** The folder from which plugins and files are looked up. */
  readonly base: string;
  /** Whether the digital twin is wanted, where the source says so. */
  readonly twin?: boolean;
}

/** @throws InputError unless the value is an object */
export function asObject(value: unknown, origin: string): Record<string, unknown> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new InputError(`${origin}: expected an object, got ${JSON.stringify(value) ?? typeof value}`);
}
