import { add, divide, exp, input, less, multiply, power, select, type Expression } from '@txsim/ops';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack } from '../src/kernels/buffers.js';
import { translate } from '../src/wgsl/expression.js';
import { literal } from '../src/wgsl/literal.js';
import { runs } from './support.js';

const textOf = (e: Expression): string =>
  translate([e], (leaf) => ('name' in leaf ? leaf.name : 'n')).statements;

test('a literal is the float32 nearest to the number', () => {
  fc.assert(
    fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (x) => {
      const text = literal(x);
      if (Number.isFinite(Math.fround(x)))
        expect(Math.fround(Number(text.slice(0, -1)))).toBe(Math.fround(x));
      else expect(text).toContain('uniforms.INFINITY');
    }),
    runs(500),
  );
  expect([0.1, 1, -0, 1e-7, Infinity, -Infinity, NaN].map(literal)).toEqual([
    '0.10000000149011612f',
    '1f',
    '-0f',
    '1.0000000116860974e-7f',
    'uniforms.INFINITY',
    '-uniforms.INFINITY',
    'uniforms.NAN',
  ]);
});

test('equal sub-expressions are computed once, also when they are separate objects', () => {
  const part = (): Expression => exp(multiply(input('a'), 3));
  expect(textOf(multiply(part(), part())).match(/txExp/g)).toHaveLength(1);
});

test('what is known of a constant saves instructions', () => {
  expect(textOf(power(input('a'), 2))).toContain('v0 * v0');
  expect(textOf(divide(input('a'), 4))).toContain('v0 * 0.25f');
  expect(textOf(divide(input('a'), 3))).toContain('v0 / v1');
  expect(textOf(select(less(input('a'), 1), add(input('a'), 1), 2))).toContain(', v0 < v1)');
});

test('operands share a buffer only when there are too few, the smallest ones', () => {
  expect(pack([4, 1, 9], 3).buffers).toEqual([[0], [1], [2]]);
  const { buffers, places } = pack([4, 1, 9, 2], 3);
  expect(buffers).toEqual([[2], [0], [3, 1]]);
  expect(places).toEqual([
    { buffer: 1, offset: 0 },
    { buffer: 2, offset: 2 },
    { buffer: 0, offset: 0 },
    { buffer: 2, offset: 0 },
  ]);
});
