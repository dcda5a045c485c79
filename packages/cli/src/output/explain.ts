import picocolors from 'picocolors';
import { ExitCode } from './exit-code.js';
import { type InputError, type Problem } from './input-error.js';

/** An error in words for people and for programs, with the exit code. */
export interface Explanation {
  readonly text: string;
  readonly json: { readonly message: string; readonly problems: readonly Problem[] };
  readonly code: number;
}

interface Coded extends Error {
  readonly code: string;
}

// Messages go to standard error, whatever standard output is.
const colours = picocolors.createColors(process.stderr.isTTY === true && !process.env['NO_COLOR']);
const ERROR = colours.red('error:');

/** Where a run is at fault, not what was asked of it. */
const FAILURES = [
  'LISTENER_FAILED',
  'STEP_FAILED',
  'CONTRIBUTION_STAGE',
  'CONTRIBUTION_VALUE',
  'CONTRIBUTION_LEAK',
];

/** Errors are known by name, so that explaining one loads nothing. */
export function explain(error: unknown): Explanation {
  if (!(error instanceof Error)) return unexpected(new Error(String(error)));
  switch (error.name) {
    case 'InputError':
      return wrong(error.message, (error as InputError).problems, (error as InputError).hint);
    case 'StackError':
      return wrong('the stack is wrong', problemsOf(error));
    case 'PluginError':
      return FAILURES.includes((error as Coded).code) ? failed(error) : wrong(error.message);
    case 'CrossbarProblemError':
      return wrong(error.message);
    case 'WireConvergenceError':
      return failed(error);
    default:
      return unexpected(error);
  }
}

/** The problems that a StackError or PluginError holds. */
export function problemsOf(error: Error): Problem[] {
  const problems = (error as { problems?: readonly Coded[] }).problems ?? [error as Coded];
  return problems.map(({ code, message }) => ({ code, message }));
}

function wrong(message: string, problems: readonly Problem[] = [], hint?: string): Explanation {
  const lines = [`${ERROR} ${message}`, ...problems.map((p) => `  ${p.message}`), ...(hint ? [hint] : [])];
  return { text: lines.join('\n'), json: { message, problems }, code: ExitCode.wrongInput };
}

const failed = ({ message }: Error): Explanation => ({
  text: `${ERROR} ${message}`,
  json: { message, problems: [] },
  code: ExitCode.failed,
});

function unexpected(error: Error): Explanation {
  const hint = 'This was not expected. Please report it with the command and the text above: it is a defect.';
  return {
    text: `${ERROR} ${error.stack ?? error.message}\n${hint}`,
    json: { message: error.message, problems: [] },
    code: ExitCode.failed,
  };
}
