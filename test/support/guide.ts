import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** A page of this repository as its tests follow it. */
export interface Guide {
  readonly text: string;
  /** Its TypeScript blocks whose first line names a file, `// src/x.ts`. */
  readonly files: readonly { readonly path: string; readonly code: string }[];
  /** Its blocks of commands, line by line. */
  readonly commands: readonly (readonly string[])[];
}

/** @param page relative to the root */
export function readGuide(page: string): Guide {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const named = text.matchAll(/^```ts\n\/\/ ((?:src|test)\/\S+)\n([\s\S]*?)^```/gm);
  const shell = text.matchAll(/^```sh\n([\s\S]*?)^```/gm);
  return {
    text,
    files: [...named].map(([, path, code]) => ({ path: path!, code: code! })),
    commands: [...shell].map(([, lines]) => lines!.trim().split('\n')),
  };
}
