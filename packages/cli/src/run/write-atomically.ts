import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes a file so that its name never stands for half of it: a file beside it, flushed to the disk, then renamed. */
export const writeAtomically = (path: string, content: string | Uint8Array): Promise<void> =>
  written(path, content, (temporary) => rename(temporary, path));

/**
 * The same where there is no such file yet.
 *
 * @returns whether it was written; of several processes that try only one does
 */
export const createAtomically = (path: string, content: string | Uint8Array): Promise<boolean> =>
  written(path, content, async (temporary) => {
    try {
      await link(temporary, path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  });

/** @param place gives what was written to a hidden file beside `path` its name */
async function written<T>(
  path: string,
  content: string | Uint8Array,
  place: (temporary: string) => Promise<T>,
): Promise<T> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    return await place(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}
