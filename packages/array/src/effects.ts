import type { Labelled, NonIdeality, Stage, StageEffect } from '@txsim/core';
import { input, inputNames, mapLeaves, scope, type Expression } from '@txsim/ops';
import { stageFailure } from './named.js';

/** Some contributions to the arrays have parameters per device. */
type Contributor = object & Pick<NonIdeality, 'perDevice' | 'known'>;

type Arguments = Readonly<Record<string, Expression>>;

/**
 * The expression that a contribution makes of its arguments, with its noise streams and per-device parameters under
 * its own label. The contribution sees placeholders, so that only what it adds itself gets the label.
 *
 * @param where what the contribution is asked for, for messages
 * @throws PluginError CONTRIBUTION_STAGE naming it if it throws, or gives no expression of what it may use
 */
export function contribute<A extends Arguments>(
  by: Labelled<Contributor>,
  given: A,
  build: (placeholders: A) => Expression,
  where: string,
): Expression {
  const placeholder = (name: string): string => `argument:${name}`;
  const names = Object.keys(given);
  const placeholders = Object.fromEntries(names.map((n) => [n, input(placeholder(n))])) as unknown as A;
  const parameters = { ...by.product.perDevice, ...by.product.known };
  const expression = builtBy(by.label, where, () => build(placeholders), [...names.map(placeholder), ...Object.keys(parameters)]); // prettier-ignore
  const built = scope(expression, by.label, (name) => name in parameters);
  const filled = new Map(names.map((n) => [placeholder(n), given[n]!]));
  return mapLeaves(built, (leaf) => (leaf.op === 'input' ? (filled.get(leaf.name) ?? leaf) : leaf));
}

function builtBy(
  label: string,
  where: string,
  build: () => Expression,
  known: readonly string[],
): Expression {
  try {
    const built = build() as Expression | undefined;
    if (typeof built?.op !== 'string') throw new TypeError('expected an expression of @txsim/ops');
    const unknown = inputNames(built).filter((name) => !known.includes(name));
    if (unknown.length > 0) throw new TypeError(`there is no input ${unknown.join(', ')}`);
    return built;
  } catch (cause) {
    throw stageFailure(label, where, cause);
  }
}

type EffectOf<S extends Stage> = Extract<StageEffect, { stage: S }>;

/** Told of what a contribution makes of a value at a stage. */
export type Trace = (by: string, made: Expression) => void;

/** Lets every effect of a stage act on a value, in stack order. */
export function applyEffects<S extends Stage, A extends Arguments>(
  stage: S,
  nonIdealities: readonly Labelled<NonIdeality>[],
  value: Expression,
  site: A,
  apply: (effect: EffectOf<S>, value: Expression, site: A) => Expression,
  trace?: Trace,
): Expression {
  let result = value;
  for (const by of nonIdealities) {
    for (const effect of by.product.effects) {
      if (effect.stage !== stage) continue;
      result = contribute(
        by,
        { value: result, ...site },
        ({ value: v, ...rest }) => apply(effect as EffectOf<S>, v, rest as unknown as A),
        `${stage} stage`,
      );
      trace?.(by.label, result);
    }
  }
  return result;
}

/** The names of the per-device parameters of all contributors, under their labels. */
export const parameterNames = (contributors: readonly Labelled<Contributor>[]): ReadonlySet<string> =>
  new Set(
    contributors.flatMap(({ label, product: { perDevice, known } }) =>
      Object.keys({ ...perDevice, ...known }).map((name) => `${label}/${name}`),
    ),
  );

/** The per-device parameters that all contributors draw, under their labels. */
export const deviceParameters = (
  contributors: readonly Labelled<Contributor>[],
): Record<string, Expression> =>
  Object.fromEntries(
    contributors.flatMap(({ label, product }) =>
      Object.entries(product.perDevice ?? {}).map(([name, e]) => [
        `${label}/${name}`,
        scope(e, label, () => false), // prettier-ignore
      ]),
    ),
  );
