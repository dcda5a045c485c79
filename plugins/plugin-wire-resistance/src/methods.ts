import { AnchoredSession } from '@txsim/circuit-models';
import type { WireMethod } from '@txsim/core';
import {
  effectiveConductance,
  exactConductance,
  rankFourConductance,
  type Direction,
  type LineResistances,
} from '@txsim/ops';
import type * as tf from '@tensorflow/tfjs';
import { comparison } from './comparisons.js';

/** What `method` may be. */
export const METHODS = [
  'auto',
  'ladder',
  'ladder2',
  'exact',
  'aam',
  'alpha-beta',
  'dmr',
  'jeong',
  'series',
] as const;

export type Method = (typeof METHODS)[number];

type Solver = (g: tf.Tensor4D, lines: LineResistances) => tf.Tensor4D;

const SOLVERS: Readonly<Record<Exclude<Method, 'auto'>, Solver>> = {
  ladder: effectiveConductance,
  ladder2: rankFourConductance,
  exact: exactConductance,
  aam: (g, lines) => comparison('aam', g, lines),
  'alpha-beta': (g, lines) => comparison('alpha-beta', g, lines),
  dmr: (g, lines) => comparison('dmr', g, lines),
  jeong: (g, lines) => comparison('jeong', g, lines),
  series: (g, lines) => comparison('series', g, lines),
};

/** Ranks of the sneak paths in those methods that are operations of their own. */
const RANKS: Partial<Record<Method, 1 | 4>> = { ladder: 1, ladder2: 4 };

/** Steps between two exact solutions of an array where `auto` has come to anchors. */
const ANCHOR_EVERY = 500;

/** The methods that a choice stands for, in order of effort. */
export function methodsOf(
  choice: Method,
  lines: Readonly<Record<Direction, LineResistances>>,
): readonly [WireMethod, ...WireMethod[]] {
  const method = (name: Exclude<Method, 'auto'>): WireMethod => {
    const rank = RANKS[name];
    return {
      name,
      effective: (g, direction) => SOLVERS[name](g, lines[direction]),
      ...(rank && { closedForm: (direction) => ({ rank, lines: lines[direction] }) }),
    };
  };
  if (choice !== 'auto') return [method(choice)];
  const ladder2 = method('ladder2');
  const policy = { open: () => new AnchoredSession(ANCHOR_EVERY) };
  return [method('ladder'), ladder2, { ...ladder2, name: 'anchored', policy }, method('exact')];
}
