import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Milliseconds after which a claim that shows no life is nobody's. */
export const STALE_AFTER = 60_000;
const BEAT = 10_000;

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/**
 * Who makes which run, among processes that share a folder. A claim is a file that is created exclusively, `ID.1`, whose
 * owner touches it every ten seconds. A claim of a process that is dead, or that was not touched for a minute, is stale;
 * whoever then creates the next one, `ID.2`, owns the run: of several only one can, and nobody deletes another's claim
 * on the way.
 */
export class Claims {
  readonly #held = new Map<string, string>();
  readonly #owner: Owner = { pid: process.pid, host: hostname(), token: randomUUID() };
  readonly #timer: NodeJS.Timeout;

  /** @param folder where claims lie; it is made if there is none */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#timer = setInterval(() => void this.#beat(), BEAT);
    this.#timer.unref();
  }

  /** Whether the run is this process's from now on. */
  async take(id: string): Promise<boolean> {
    const last = this.#last(id);
    if (last > 0 && !(await this.#isStale(this.#path(id, last)))) return false;
    const path = this.#path(id, last + 1);
    try {
      await writeFile(path, JSON.stringify(this.#owner), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
    this.#held.set(id, path);
    // Someone may have released a claim between the look and the creation, and a third one taken over before it.
    if (this.#last(id) === last + 1) return true;
    await this.release(id);
    return false;
  }

  /** Whether a run that was taken is still this process's: it is not if the process slept for so long that another took over. */
  holds(id: string): boolean {
    const path = this.#held.get(id);
    return path !== undefined && path === this.#path(id, this.#last(id));
  }

  /** Gives a run back, undone. */
  async release(id: string): Promise<void> {
    const path = this.#held.get(id);
    this.#held.delete(id);
    if (path) await rm(path, { force: true });
  }

  /** Removes all claims of a run whose result is on disk. */
  async close(id: string): Promise<void> {
    this.#held.delete(id);
    for (let n = this.#last(id); n > 0; n--) await rm(this.#path(id, n), { force: true });
  }

  /** Gives everything back. */
  async releaseAll(): Promise<void> {
    clearInterval(this.#timer);
    for (const id of [...this.#held.keys()]) await this.release(id);
  }

  #path(id: string, n: number): string {
    return join(this.folder, `${id}.${n}`);
  }

  /** The number of the newest claim; 0 where there is none. */
  #last(id: string): number {
    const numbers = readdirSync(this.folder)
      .filter((name) => name.startsWith(`${id}.`))
      .map((name) => Number(name.slice(id.length + 1)));
    return Math.max(0, ...numbers);
  }

  async #isStale(path: string): Promise<boolean> {
    try {
      const { mtimeMs } = await stat(path);
      if (Date.now() - mtimeMs > STALE_AFTER) return true;
      const owner = JSON.parse(await readFile(path, 'utf8')) as Owner;
      return owner.host === this.#owner.host && !isAlive(owner.pid);
    } catch {
      // Gone, or being written: whoever did that is alive.
      return false;
    }
  }

  async #beat(): Promise<void> {
    const now = new Date();
    for (const path of this.#held.values()) await utimes(path, now, now).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's may not be asked, so it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
