import { compose, PluginError, Problems, StackError } from '@txsim/core';
import { stackOf, type StudyPlan } from '@txsim/studies';
import type { LoadedStack } from '../config/load-stack.js';

/**
 * Puts the stack of every point together, so that what is wrong with one is known before the first hour of computing.
 *
 * @throws StackError with each problem once, and the number of the first point that has it
 */
export function checkPoints({ points }: StudyPlan, { stack, registry, host }: LoadedStack): void {
  const found = new Map<string, PluginError>();
  for (const point of points) {
    const problems = new Problems();
    problems.attempt(() => compose(stackOf(stack, point), registry, host).dispose());
    try {
      problems.throwIfAny();
    } catch (error) {
      for (const { code, culprit, detail } of (error as StackError).problems) {
        const key = `${code} ${culprit} ${detail}`;
        if (!found.has(key))
          found.set(key, new PluginError(code, culprit, `${detail} (point ${point.number})`));
      }
    }
  }
  if (found.size > 0) throw new StackError([...found.values()]);
}
