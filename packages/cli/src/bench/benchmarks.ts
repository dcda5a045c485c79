import { InputError } from '../output/input-error.js';
import type { Benchmark } from './benchmark.js';
import { deviceResponses } from './device-responses.js';
import { learningRules } from './learning-rules.js';
import { matrixProducts } from './matrix-products.js';
import { memory } from './memory.js';
import { noise } from './noise.js';
import { pulsedModels } from './pulsed-models.js';
import { pulses } from './pulses.js';
import { trainingSteps } from './training-steps.js';
import { wires } from './wires.js';

/** The rows of the table, in its order. A new kind of row is a file beside this one and a line here. */
export const BENCHMARKS: readonly Benchmark[] = [
  ...trainingSteps,
  ...learningRules,
  ...memory,
  ...matrixProducts,
  ...wires,
  ...noise,
  ...deviceResponses,
  ...pulses,
  ...pulsedModels,
];

/**
 * The rows for an engine whose names contain one of some words, whatever their case; all rows without words.
 *
 * @throws InputError if a word is in no name
 */
export function chooseBenchmarks(words: readonly string[], engine = 'wasm'): readonly Benchmark[] {
  const here = BENCHMARKS.filter(({ engines }) => engines === 'any' || engines === engine);
  const has = (name: string, word: string): boolean => name.toLowerCase().includes(word.toLowerCase());
  const strange = words.filter((word) => !here.some(({ name }) => has(name, word)));
  if (strange.length > 0) {
    const problems = strange.map((word) => ({
      message: `${word}: no benchmark of the ${engine} engine has it in its name`,
    }));
    const hint = `There are:\n${here.map(({ name }) => `  ${name}`).join('\n')}`;
    throw new InputError('a benchmark is not known', problems, { hint });
  }
  return words.length === 0 ? here : here.filter(({ name }) => words.some((w) => has(name, w)));
}
