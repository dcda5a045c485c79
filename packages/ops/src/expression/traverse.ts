import type { Expression } from './expression.js';

/** The expressions that an expression is made of. */
export function operands(e: Expression): readonly Expression[] {
  switch (e.op) {
    case 'constant':
    case 'input':
    case 'normal':
    case 'uniform':
      return [];
    case 'select':
      return [e.condition, e.a, e.b];
    default:
      return 'b' in e ? [e.a, e.b] : [e.a];
  }
}

/** Every distinct node once, operands before the nodes that use them. */
export function postorder(root: Expression): readonly Expression[] {
  const seen = new Set<Expression>();
  const visit = (e: Expression): void => {
    if (seen.has(e)) return;
    operands(e).forEach(visit);
    seen.add(e);
  };
  visit(root);
  return [...seen];
}

/** Expressions never change, so what is found in one, or in several, is found once: stages ask at every step. */
function remembered<E extends object, T>(find: (e: E) => T): (e: E) => T {
  const known = new WeakMap<E, T>();
  return (e) => {
    let found = known.get(e);
    if (found === undefined) known.set(e, (found = find(e)));
    return found;
  };
}

/** Names of the inputs, in the order of their first use. */
export const inputNames = remembered((e: Expression): readonly string[] => [
  ...new Set(postorder(e).flatMap((n) => (n.op === 'input' ? [n.name] : []))),
]);

/** Names of the inputs of several expressions. */
export const inputNamesOf = remembered((expressions: readonly Expression[]): readonly string[] => [
  ...new Set(expressions.flatMap(inputNames)),
]);

/** One of the noise streams that an expression draws from. */
export interface NoiseStream {
  readonly kind: 'normal' | 'uniform';
  readonly stream: string;
}

/** The noise an expression draws, in the order of first use; a stream drawn in both kinds counts twice. */
export const noiseStreams = remembered((e: Expression): readonly NoiseStream[] => {
  const found = new Map<string, NoiseStream>();
  for (const n of postorder(e)) {
    if (n.op === 'normal' || n.op === 'uniform')
      found.set(`${n.op}:${n.stream}`, { kind: n.op, stream: n.stream });
  }
  return [...found.values()];
});

/** The noise of several expressions that are evaluated together. */
export const noiseStreamsOf = remembered((expressions: readonly Expression[]): readonly NoiseStream[] => {
  const streams = expressions.flatMap(noiseStreams);
  return [...new Map(streams.map((s) => [`${s.kind}:${s.stream}`, s])).values()];
});

/** A copy with every leaf (constant, input, noise) replaced by what `leaf` returns; shared nodes stay shared. */
export function mapLeaves(root: Expression, leaf: (e: Expression) => Expression): Expression {
  const done = new Map<Expression, Expression>();
  for (const n of postorder(root)) {
    const copy = (x: Expression): Expression => done.get(x)!;
    if (n.op === 'select') done.set(n, { ...n, condition: copy(n.condition), a: copy(n.a), b: copy(n.b) });
    else if ('b' in n) done.set(n, { ...n, a: copy(n.a), b: copy(n.b) });
    else if ('a' in n) done.set(n, { ...n, a: copy(n.a) });
    else done.set(n, leaf(n));
  }
  return done.get(root)!;
}

/** A copy with expressions in place of the inputs that are named; others stay. */
export const substitute = (e: Expression, inputs: Readonly<Record<string, Expression>>): Expression =>
  mapLeaves(e, (leaf) => (leaf.op === 'input' ? (inputs[leaf.name] ?? leaf) : leaf));

/**
 * Puts the inputs and noise streams of a contribution under its own name, so that two contributions may use the
 * same words. `own` says which inputs belong to the contribution; the others are the stage's and stay.
 */
export const scope = (e: Expression, prefix: string, own: (name: string) => boolean): Expression =>
  mapLeaves(e, (n) => {
    if (n.op === 'normal' || n.op === 'uniform') return { op: n.op, stream: `${prefix}/${n.stream}` };
    return n.op === 'input' && own(n.name) ? { op: 'input', name: `${prefix}/${n.name}` } : n;
  });
