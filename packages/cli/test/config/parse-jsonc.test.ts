import { expect, it } from 'vitest';
import { parseJsonc } from '../../src/config/parse-jsonc.js';
import type { InputError } from '../../src/output/input-error.js';

it('reads comments, trailing commas and a byte order mark', () => {
  expect(parseJsonc('\uFEFF// first\n{ "a": [1, 2,], /* b */ "b": true, }', 'x')).toEqual({
    a: [1, 2],
    b: true,
  });
});

it('gives line and column of every syntax error', () => {
  let problems: readonly { message: string }[] = [];
  try {
    parseJsonc('{\n  "a" 1,\n  "b": \n}', 'stack.jsonc');
  } catch (error) {
    problems = (error as InputError).problems;
  }
  const messages = problems.map(({ message }) => message);
  expect(messages).toEqual(['stack.jsonc:2:7: colon expected', 'stack.jsonc:4:1: value expected']);
});
