import { Console } from 'node:console';
import { CommanderError } from 'commander';
import { explain } from './output/explain.js';
import { ExitCode } from './output/exit-code.js';
import { createProgram } from './program.js';

/**
 * Runs one command line.
 *
 * @param args what follows `txsim`
 * @returns the exit code: 0 done, 1 a run failed, 2 the input is wrong, 130 interrupted
 */
export async function main(args: readonly string[]): Promise<number> {
  // Standard output belongs to results; what libraries and plugins log is not one.
  globalThis.console = new Console({ stdout: process.stderr, stderr: process.stderr });
  process.stdout.on('error', leaveQuietly);
  const program = createProgram();
  if (args.length === 0) {
    program.outputHelp();
    return ExitCode.done;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? ExitCode.done);
  } catch (error) {
    if (error instanceof CommanderError) return usage(error, args);
    const { text, json, code } = explain(error);
    process.stderr.write(`${text}\n`);
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ error: json })}\n`);
    return code;
  }
}

/** Commander has already printed the message, or the help that was asked for. */
function usage(error: CommanderError, args: readonly string[]): number {
  if (error.exitCode === 0) return ExitCode.done;
  if (args.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: { message: error.message, problems: [] } })}\n`);
  }
  return ExitCode.wrongInput;
}

/** Whoever read standard output has seen enough, as `txsim plugins | head` has. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(ExitCode.done);
}
