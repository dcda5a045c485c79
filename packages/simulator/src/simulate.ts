import { parseStack, type Plugin, type StackInput } from '@txsim/core';
import { simulate as run, type RunSummary, type SimulateOptions } from '@txsim/trainers';
import { standardRegistry } from './standard-plugins.js';

/** Options of `simulate`: your plugins instead of a registry. */
export interface Options extends Omit<SimulateOptions, 'registry'> {
  readonly plugins?: readonly Plugin[];
}

/**
 * Trains the network of a stack on its arrays; the object is the same as in a stack file.
 *
 * @throws StackError if the stack is wrong, PluginError if the backend, the data or the checkpoint is
 */
export const simulate = (stack: StackInput, { plugins, ...options }: Options = {}): Promise<RunSummary> =>
  run(parseStack(stack), { ...options, registry: standardRegistry(plugins) });
