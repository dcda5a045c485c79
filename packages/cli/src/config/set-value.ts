import { setAt } from '@txsim/core';
import { InputError } from '../output/input-error.js';

/**
 * Sets one value in a stack, in place, as `--set` has it: `trainer.epochs=3`,
 * `stack.nonIdealities.write-noise.gamma=5`. The value is JSON where it can be read as such, else text.
 *
 * @throws InputError if the assignment has no `=`, or its path leads through something that has no keys
 */
export function setValue(stack: Record<string, unknown>, assignment: string): void {
  const at = assignment.indexOf('=');
  const fail = (detail: string): never => {
    throw new InputError(`--set ${assignment}: ${detail}`);
  };
  if (at < 1) fail('expected path=value, e.g. trainer.epochs=3');
  setAt(stack, assignment.slice(0, at), parseValue(assignment.slice(at + 1)), fail);
}

/** JSON where it is JSON, else the text itself. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
