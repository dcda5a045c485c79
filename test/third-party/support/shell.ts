import { spawn } from 'node:child_process';

/** How a command ended; what it said on both streams is in `said`. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly said: string;
}

/** Commands in a surrounding of their own. */
export interface Shell {
  run(cwd: string, command: string, ...args: string[]): Promise<Ended>;
  /** Standard output. @throws Error with all that it said unless it ends with 0 */
  output(cwd: string, command: string, ...args: string[]): Promise<string>;
}

/** @param environment added to that of this process, in which nothing of an enclosing `npm` is left */
export function shell(environment: Readonly<Record<string, string>> = {}): Shell {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV)/i.test(name));
  const env = { ...Object.fromEntries(inherited), NO_COLOR: '1', ...environment };
  const run = (cwd: string, command: string, ...args: string[]): Promise<Ended> =>
    new Promise((done, fail) => {
      const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const texts = { stdout: '', said: '' };
      child.stdout.on('data', (text) => {
        texts.stdout += text;
        texts.said += text;
      });
      child.stderr.on('data', (text) => (texts.said += text));
      child.on('error', fail);
      child.on('close', (code) => done({ code, ...texts }));
    });
  return {
    run,
    output: async (cwd, command, ...args) => {
      const { code, stdout, said } = await run(cwd, command, ...args);
      if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said}`);
      return stdout;
    },
  };
}
