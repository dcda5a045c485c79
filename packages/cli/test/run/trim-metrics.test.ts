import type { RunHistory } from '@txsim/core';
import { expect, it } from 'vitest';
import { linesUpTo } from '../../src/run/trim-metrics.js';

const LINES = [
  '{"type":"warning","message":"w"}',
  '{"type":"progress","step":50}',
  '{"type":"epoch","epoch":1}',
  '{"type":"progress","step":100}',
];
const history = (progress: number, epochs: number): RunHistory =>
  ({
    progress: Array(progress),
    epochs: Array(epochs),
    warnings: Array(1),
    wires: [],
    snapshots: [],
  }) as unknown as RunHistory;

it('keeps what the checkpoint knows, in order', () => {
  expect(linesUpTo(LINES, history(2, 1))).toEqual(LINES);
  expect(linesUpTo(LINES, history(1, 1))).toEqual(LINES.slice(0, 3));
  expect(linesUpTo(LINES, history(1, 0))).toEqual(LINES.slice(0, 2));
});

it('drops a line that was cut off', () => {
  expect(linesUpTo([...LINES.slice(0, 2), '{"type":"epo'], history(9, 9))).toEqual(LINES.slice(0, 2));
});
