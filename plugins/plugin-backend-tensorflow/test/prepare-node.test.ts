import util from 'node:util';
import { expect, test, vi } from 'vitest';
import { isNode, prepareNode } from '../src/find/prepare-node.js';

type Old = Record<'isNullOrUndefined' | 'isArray', ((value: unknown) => boolean) | undefined>;
const old = util as unknown as Old;

test('this is Node', () => expect(isNode()).toBe(true));

test('the functions that Node 23 took from util are there again', () => {
  const before = { ...old };
  Object.assign(old, { isNullOrUndefined: undefined, isArray: undefined });
  prepareNode();
  expect([undefined, null, 0].map((x) => old.isNullOrUndefined!(x))).toEqual([true, true, false]);
  expect([[], {}].map((x) => old.isArray!(x))).toEqual([true, false]);
  Object.assign(old, { isNullOrUndefined: before.isNullOrUndefined, isArray: before.isArray });
});

test('functions that Node still has stay', () => {
  const own = vi.fn();
  const before = old.isArray;
  old.isArray = own;
  prepareNode();
  expect(old.isArray).toBe(own);
  old.isArray = before;
});

test('a level of messages that the user chose stays', () => {
  vi.stubEnv('TF_CPP_MIN_LOG_LEVEL', '0');
  prepareNode();
  expect(process.env['TF_CPP_MIN_LOG_LEVEL']).toBe('0');
  vi.unstubAllEnvs();
});
