import { didYouMean, PluginError } from '@txsim/core';
import type * as tf from '@tensorflow/tfjs';
import { leavesOf } from './layer-tree.js';

/** Which layers go on arrays: by name (`outer/inner` inside another) or by class (`Conv2D`). */
export interface LayerChoice {
  /** Absent: all that have an analog form. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/**
 * Whether a layer is chosen.
 *
 * @param others names beside those of the choice that must be of layers, too
 * @throws PluginError STACK_INVALID naming what is neither the name nor the class of a layer
 */
export function chooser(
  model: tf.LayersModel,
  { include, exclude = [] }: LayerChoice,
  others: readonly string[] = [],
): (path: string, className: string) => boolean {
  const leaves = leavesOf(model);
  const paths = leaves.map(({ path }) => path);
  const known = new Set([...paths, ...leaves.map(({ layer }) => layer.getClassName())]);
  const unknown = [...(include ?? []), ...exclude, ...others].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const told = unknown.map((name) => `no layer or class "${name}".${didYouMean(name, [...known])}`);
    throw new PluginError(
      'STACK_INVALID',
      'layers',
      `${told.join(' ')} The network has: ${paths.join(', ')}`,
    );
  }
  const among = (names: readonly string[], path: string, className: string): boolean =>
    names.includes(path) || names.includes(className);
  return (path, className) =>
    (include === undefined || among(include, path, className)) && !among(exclude, path, className);
}
