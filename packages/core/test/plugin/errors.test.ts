import { PluginError, Problems, StackError } from '@txsim/core';
import { describe, expect, test } from 'vitest';

const a = new PluginError('PLUGIN_INVALID', 'a', 'is wrong');
const b = new PluginError('STACK_INVALID', 'b', 'is wrong too');

test('a plugin error says code, culprit and detail, and keeps its cause', () => {
  const cause = new Error('deep down');
  const error = new PluginError('CONTRIBUTION_CREATE', '@acme/p@1.0.0 p/x', 'stack.adc: deep down', {
    cause,
  });
  expect(error.message).toBe('CONTRIBUTION_CREATE [@acme/p@1.0.0 p/x] stack.adc: deep down');
  expect(error).toMatchObject({ name: 'PluginError', code: 'CONTRIBUTION_CREATE', cause });
});

test('a stack error has one line per problem', () => {
  expect(new StackError([a, b]).message).toBe('PLUGIN_INVALID [a] is wrong\nSTACK_INVALID [b] is wrong too');
});

describe('problems', () => {
  const collect = (...errors: unknown[]): readonly PluginError[] => {
    const problems = new Problems();
    errors.forEach((error) => problems.add(error));
    try {
      problems.throwIfAny();
    } catch (error) {
      return (error as StackError).problems;
    }
    return [];
  };

  test('are thrown together, those of stack errors one by one, each once', () => {
    expect(collect(a, new StackError([a, b]), b)).toEqual([a, b]);
  });

  test('are not thrown where there are none', () => {
    expect(collect()).toEqual([]);
  });

  test('attempt gives the result, or undefined and a problem', () => {
    const problems = new Problems();
    expect(problems.attempt(() => 5)).toBe(5);
    expect(
      problems.attempt(() => {
        throw a;
      }),
    ).toBeUndefined();
    expect(() => problems.throwIfAny()).toThrow(StackError);
  });

  test('a bug is no problem of the user: other errors are thrown at once', () => {
    const bug = new TypeError('x is not a function');
    expect(() => collect(bug)).toThrow(bug);
  });
});
