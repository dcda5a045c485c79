import { parseStack, type Stack, type StackInput } from '@txsim/core';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { messageOf } from '../support/plugins.js';

const MINIMAL: StackInput = {
  dataset: { use: 'mnist' },
  network: { use: 'mlp' },
  stack: { device: { use: 'ideal' }, mapping: { use: 'mapping' } },
  trainer: { use: 'sgd' },
};
const lines = (value: unknown): string[] => messageOf(() => parseStack(value, 'txsim.jsonc')).split('\n');

test('what is left out has its default', () => {
  expect(parseStack(MINIMAL)).toEqual({
    ...MINIMAL,
    plugins: [],
    generator: 'feistel',
    seed: 1,
    backend: 'auto',
    stack: { ...MINIMAL.stack, nonIdealities: [] },
    operations: { forward: 'analog', backward: 'analog', update: 'analog' },
    reporters: [],
    extensions: [],
  });
});

test('a parsed stack parses to itself', () => {
  const stack = parseStack({ ...MINIMAL, seed: 7, operations: { update: 'digital' } });
  expect(parseStack(JSON.parse(JSON.stringify(stack)))).toEqual(stack);
});

test('the configuration of a contribution is passed on as it is', () => {
  const dataset = { use: 'mnist', trainSize: 640, nested: { anything: [1, 'two'] } };
  expect(parseStack({ ...MINIMAL, dataset }).dataset).toEqual(dataset);
});

describe('what is wrong is told with path, expectation, value and the nearest name', () => {
  test.each<[string, unknown, string]>([
    ['no object', 5, 'stack: Invalid input: expected object, received number (got 5)'],
    ['an unknown key', { ...MINIMAL, trainr: {} }, 'trainr: unknown key. Did you mean "trainer"?'],
    [
      'an unknown key of the arrays',
      { ...MINIMAL, stack: { ...MINIMAL.stack, wires: {} } },
      'stack.wires: unknown key. Did you mean "wire"?',
    ],
    [
      'an unknown operation',
      { ...MINIMAL, operations: { sideways: 'analog' } },
      'operations.sideways: unknown key. Known: forward, backward, update.',
    ],
    [
      'a word that is no choice',
      { ...MINIMAL, operations: { update: 'exact' } },
      'operations.update: Invalid option: expected one of "analog"|"digital" (got "exact")',
    ],
    [
      'a broken seed',
      { ...MINIMAL, seed: 1.5 },
      'seed: Invalid input: expected int, received number (got 1.5)',
    ],
    ['a negative seed', { ...MINIMAL, seed: -1 }, 'seed: Too small: expected number to be >=0 (got -1)'],
    [
      'a use that is missing',
      { ...MINIMAL, stack: { ...MINIMAL.stack, nonIdealities: [{ sigma: 1 }] } },
      'stack.nonIdealities.0.use: Invalid input: expected string, received undefined',
    ],
    [
      'a seed that is no number',
      { ...MINIMAL, seed: NaN },
      'seed: Invalid input: expected number, received NaN (got NaN)',
    ],
  ])('%s', (_, value, detail) => {
    expect(lines(value)).toEqual([`STACK_INVALID [txsim.jsonc] ${detail}`]);
  });

  test('everything at once', () => {
    expect(lines({ seed: -1, datset: { use: 'mnist' }, stack: { devise: { use: 'ideal' } } })).toEqual(
      [
        'seed: Too small: expected number to be >=0 (got -1)',
        'dataset: Invalid input: expected object, received undefined',
        'network: Invalid input: expected object, received undefined',
        'stack.device: Invalid input: expected object, received undefined',
        'stack.mapping: Invalid input: expected object, received undefined',
        'stack.devise: unknown key. Did you mean "device"?',
        'trainer: Invalid input: expected object, received undefined',
        'datset: unknown key. Did you mean "dataset"?',
      ].map((detail) => `STACK_INVALID [txsim.jsonc] ${detail}`),
    );
  });
});

test('types: parseStack takes anything and gives a complete stack', () => {
  expectTypeOf(parseStack).parameter(0).toBeUnknown();
  expectTypeOf(parseStack).returns.toEqualTypeOf<Stack>();
  expectTypeOf<Stack['seed']>().toBeNumber();
  expectTypeOf<StackInput['seed']>().toEqualTypeOf<number | undefined>();
});
