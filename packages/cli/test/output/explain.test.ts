import { PluginError, StackError } from '@txsim/core';
import { expect, it } from 'vitest';
import { explain } from '../../src/output/explain.js';
import { InputError } from '../../src/output/input-error.js';

it('lists every problem on a line of its own, without a stack trace, as wrong input', () => {
  const problems = [
    new PluginError('STACK_INVALID', 'x', 'one'),
    new PluginError('STACK_INVALID', 'x', 'two'),
  ];
  const { text, code } = explain(new StackError(problems));
  expect(code).toBe(2);
  expect(text.split('\n').slice(1)).toEqual(['  STACK_INVALID [x] one', '  STACK_INVALID [x] two']);
  expect(explain(new InputError('wrong')).code).toBe(2);
  expect(explain(new PluginError('DATASET_INVALID', 'file', 'short')).code).toBe(2);
});

it('takes a listener that throws for a failed run', () => {
  expect(explain(new PluginError('LISTENER_FAILED', 'report', 'no')).code).toBe(1);
});

it('shows where an unexpected error comes from, and asks to report it', () => {
  const { text, code } = explain(new TypeError('x is undefined'));
  expect(code).toBe(1);
  expect(text).toContain('explain.test');
  expect(text).toContain('report it');
});
