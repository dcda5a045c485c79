import * as tf from '@tensorflow/tfjs';
import * as ops from '@txsim/ops';
import {
  constant,
  evaluate,
  evaluateAll,
  evaluateReference,
  input,
  inputNames,
  randomStream,
  withNoise,
  type Draw,
  type Expression,
  type Generator,
} from '@txsim/ops';
import fc from 'fast-check';
import { expect } from 'vitest';
import { ARITHMETIC, OPERANDS, POWERS, TRANSCENDENTAL } from '../support/operations.js';
import type { Promised } from '../support/promises.js';
import type { Pair, Parity } from './parity.js';
import { uniforms } from './tensors.js';

/** A division of 2.5 units in the last place. */
const DIVISION = 4e-7;
const TRANSCENDENCE = 1e-6;
/** Of sums in which a · b + c may round once. */
const CONTRACTED = 1e-6;
const NORMAL = 2e-6;

const [a, b, c] = [input('a'), input('b'), input('c')];

type Inputs = () => Readonly<Record<string, tf.Tensor>>;

export const drawOf = (generator: Generator, draw = 3, seed = 1): Draw => ({
  streams: (name) => ({ ...randomStream(seed, 'testkit', name), generator }),
  draw,
});

/** An expression on the backend, and in its reference. */
const forms = (expression: Expression, inputs: Inputs, shape: readonly number[], noise: Draw) =>
  [
    () => evaluate(expression, inputs(), shape, noise),
    () => evaluateReference(inputs(), { ...withNoise(expression, noise), shape }),
  ] as const;

/** Expressions of arithmetic, without what jumps. */
const tree = fc.letrec<{ tree: Expression }>((tie) => {
  const t = tie('tree');
  const constants = fc.float({ min: -4, max: 4, noNaN: true }).map(constant);
  return {
    tree: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree' },
      fc.oneof(fc.constantFrom<Expression>(a, b, c), constants),
      fc.tuple(fc.constantFrom(ops.negate, ops.abs), t).map(([f, x]) => f(x)),
      fc.tuple(fc.constantFrom(ops.add, ops.subtract, ops.multiply, ops.minimum, ops.maximum), t, t).map(([f, x, y]) => f(x, y)),
      fc.tuple(t, t).map(([x, y]) => ops.divide(x, ops.add(ops.abs(y), 0.5))),
      fc.tuple(t, t).map(([x, y]) => ops.select(ops.less(a, b), x, y)),
      t.map((x) => ops.exp(ops.clamp(x, -2, 2))),
      t.map((x) => ops.power(ops.add(ops.abs(x), 0.1), 1.7)),
    ),
  };
}).tree; // prettier-ignore

/** A shape, and for each of three inputs one that broadcasts to it. */
const broadcast = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 }).chain((shape) => {
  const ones = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
  const part = fc.tuple(ones, fc.nat(4)).map(([one, drop]) => {
    const kept = shape.map((size, d) => (one[d] ? 1 : size));
    return drop === 4 ? kept.slice(1) : kept;
  });
  return fc.tuple(fc.constant(shape), part, part, part);
});

const largestError = ({ ours, reference }: Pair): number =>
  ours.reduce((e, x, i) => Math.max(e, Math.abs(x - reference[i]!)), 0);

/** What holds of `evaluate` and `evaluateAll`. */
export function promiseExpressions(promised: Promised, parity: Parity): void {
  const noise = drawOf('feistel');
  const operands: Inputs = () => ({ a: tf.tensor1d([...OPERANDS.a]), b: tf.tensor1d([...OPERANDS.b]) });
  const used =
    (e: Expression, all: Inputs): Inputs =>
    () =>
      pick(e, all());

  for (const [name, expression] of Object.entries(ARITHMETIC)) {
    promised(
      `expressions: ${name}`,
      () =>
      parity.relative(...forms(expression, used(expression, operands), [OPERANDS.a.length], noise), parity.ieee ? 0 : DIVISION), // prettier-ignore
    );
  }
  for (const [name, { expression, values }] of Object.entries({ ...TRANSCENDENTAL, ...POWERS })) {
    promised(
      `expressions: ${name}`,
      () =>
      parity.relative(...forms(expression, () => ({ a: tf.tensor1d([...values]) }), [values.length], noise), TRANSCENDENCE), // prettier-ignore
    );
  }
  promised('random expressions', () => {
    const inputs: Inputs = () => ({
      a: uniforms([23], 8, -3, 3),
      b: uniforms([23], 9, -3, 3),
      c: uniforms([], 10),
    });
    return fc.assert(
      fc.asyncProperty(tree, (e) => parity.close(...forms(e, used(e, inputs), [23], noise), 1e-5)),
      parity.cases,
    );
  });
  promised('inputs broadcast, and noise keeps its element', () => {
    const e = ops.add(ops.multiply(ops.add(a, ops.uniform('u')), b), c);
    return fc.assert(
      fc.asyncProperty(broadcast, async ([shape, sa, sb, sc]) => {
        const both = forms(
          e,
          () => ({ a: uniforms(sa, 14), b: uniforms(sb, 15), c: uniforms(sc, 16) }),
          shape,
          noise,
        );
        await (parity.ieee ? parity.relative(...both, 0) : parity.close(...both, CONTRACTED));
      }),
      parity.cases,
    );
  });
  promised('inputs that were integers or truth values before', async () => {
    const whole = (): tf.Tensor => tf.cast(tf.mul(uniforms([23], 17), 5), 'int32');
    const e = ops.add(ops.multiply(a, 0.5), b);
    for (const other of [whole, () => tf.greater(whole(), 0)]) {
      const inputs = () => ({ a: tf.cast(other(), 'float32'), b: uniforms([23], 18) });
      await parity.close(...forms(e, inputs, [23], noise), CONTRACTED);
    }
  });
  promised('an empty output has no elements', async () => {
    const out = evaluate(ops.add(a, 1), { a: tf.zeros([0, 3]) }, [0, 3]);
    expect(out.shape).toEqual([0, 3]);
    expect(await out.data()).toHaveLength(0);
  });
  for (const generator of ['feistel', 'philox'] as const) {
    promiseNoise(promised, parity, generator);
    promiseStill(promised, parity, generator);
  }
}

const NOISE_SHAPES = [[1], [5], [16], [3, 7], [9001], [2, 4099], [3, 2, 5, 70], [130, 33]];
const draws = fc.oneof(fc.nat(1000), fc.constantFrom(2 ** 32 + 5, 2 ** 33 + 5), fc.nat(2 ** 31 - 1));

function promiseNoise(promised: Promised, parity: Parity, generator: Generator): void {
  const noise = drawOf(generator);
  const none: Inputs = () => ({});
  for (const shape of NOISE_SHAPES) {
    promised(`uniform noise of ${generator}, shape ${shape.join('×')}, is the reference bit for bit`, () =>
      parity.relative(...forms(ops.uniform('u'), none, shape, noise), 0),
    );
    promised(`normal noise of ${generator}, shape ${shape.join('×')}, is the reference to 2e-6`, async () => {
      const pair = await parity.both(...forms(ops.normal('n'), none, shape, noise));
      expect(largestError(pair)).toBeLessThanOrEqual(NORMAL);
    });
  }
  promised(`noise of ${generator} is the reference for any seed, draw and length`, () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), draws, fc.integer({ min: 1, max: 3000 }), async (seed, draw, length) => {
        const drawn = drawOf(generator, draw, seed);
        await parity.relative(...forms(ops.uniform('u'), none, [length], drawn), 0);
        expect(
          largestError(await parity.both(...forms(ops.normal('n'), none, [length], drawn))),
        ).toBeLessThanOrEqual(NORMAL);
      }),
      parity.cases,
    ),
  );
  promised(`one stream of ${generator} drawn in both kinds, and twice in one kind`, () => {
    const e = ops.add(ops.uniform('s'), ops.multiply(ops.normal('s'), 0), ops.uniform('s'));
    return parity.relative(...forms(e, none, [100], noise), 0);
  });
  promised(`evaluateAll with noise of ${generator} is each expression on its own`, async () => {
    // Factors of at most 1: their errors are at most those of the noise.
    const expressions = [
      ops.add(a, ops.multiply(ops.normal('shared'), b)),
      ops.subtract(ops.multiply(ops.normal('shared'), a), ops.uniform('own')),
      ops.exp(ops.negate(ops.abs(b))),
    ];
    for (const shape of [[1], [7, 1], [1, 7], [13, 5], [2, 1, 33, 3]]) {
      const inputs: Inputs = () => ({ a: uniforms(shape, 1), b: uniforms(shape.slice(-1), 2) });
      for (const which of expressions.keys()) {
        const expression = expressions[which]!;
        const pair = await parity.both(
          () => evaluateAll(expressions, inputs(), shape, noise)[which]!,
          forms(expression, () => pick(expression, inputs()), shape, noise)[1],
        );
        expect(largestError(pair)).toBeLessThanOrEqual(NORMAL);
      }
    }
  });
}

/** Whole blocks of nothing, single requests, and more than a backend may find worth looking for. */
const BUSY = [0, 0.002, 0.05, 1];

function promiseStill(promised: Promised, parity: Parity, generator: Generator): void {
  const noise = drawOf(generator);
  const [g, request] = [input('g'), input('request')];
  const moved = ops.add(g, ops.multiply(request, input('rate'), ops.exp(g)));
  const next = [
    ops.add(moved, ops.multiply(ops.sqrt(ops.abs(request)), ops.normal('cycle'))),
    ops.subtract(input('h'), ops.multiply(request, ops.uniform('turn'))),
  ];
  const still = { states: ['g', 'h'], requests: ['request'] };
  const spent = { ...still, spent: true };
  for (const busy of BUSY)
    promised(`what is known to stay may be passed over: ${generator}, ${busy} of it changes`, async () => {
      for (const shape of [[15], [16], [3, 7], [1000], [2, 3, 40, 33]]) {
        const all = (): Record<string, tf.Tensor> => {
          const asked = tf.mul(
            uniforms(shape, 3, -1, 1),
            tf.cast(tf.less(uniforms(shape, 4, 0, 1), busy), 'float32'),
          );
          return { g: uniforms(shape, 1), h: uniforms(shape, 2), rate: tf.scalar(0.1), request: asked };
        };
        for (const which of next.keys()) {
          const made = (s?: typeof still) => () => evaluateAll(next, all(), shape, noise, s)[which]!;
          await parity.here(made(still), made());
          await parity.here(made(spent), made());
          const kept = (): tf.Tensor => {
            const inputs = all();
            const other = inputs[still.states[which]!]!.clone();
            evaluateAll(next, inputs, shape, noise, spent);
            return other;
          };
          await parity.here(kept, () => all()[still.states[which]!]!);
        }
      }
    });
}

const pick = (e: Expression, all: Readonly<Record<string, tf.Tensor>>): Record<string, tf.Tensor> =>
  Object.fromEntries(inputNames(e).map((name) => [name, all[name]!]));
