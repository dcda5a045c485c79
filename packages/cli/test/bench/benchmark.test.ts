import { expect, it } from 'vitest';
import { timed } from '../../src/bench/benchmark.js';
import type { Engine } from '../../src/bench/engine.js';

const here: Engine = { name: 'wasm', calls: 1, settle: async () => undefined };
const figure = { name: 'a', unit: 'ms', of: (ms: number) => ms, headline: 'median' } as const;

it('calls in turns, waits for each call, and closes', async () => {
  const calls: string[] = [];
  const later = async (name: string): Promise<void> => {
    calls.push(`${name} begins`);
    await Promise.resolve();
    calls.push(`${name} ends`);
  };
  const contest = {
    action: () => later('ours'),
    baseline: () => later('theirs'),
    dispose: () => calls.push('closed'),
  };
  const { ratio } = await timed({ ...figure, open: () => contest }).measure({ seconds: 0, turns: 2 }, here);
  const turn = ['ours begins', 'ours ends', 'theirs begins', 'theirs ends'];
  expect(calls).toEqual([...turn, ...turn, ...turn, ...turn, 'closed']);
  expect(ratio).toBeGreaterThan(0);
});

it('closes where a call fails', async () => {
  let closed = false;
  const action = (): never => {
    throw new Error('no');
  };
  const broken = timed({ ...figure, open: () => ({ action, dispose: () => (closed = true) }) });
  await expect(broken.measure({ seconds: 0, turns: 1 }, here)).rejects.toThrow('no');
  expect(closed).toBe(true);
});

it('times many calls together on an engine with a queue, and waits for the last', async () => {
  const calls: string[] = [];
  const queue: Engine = { name: 'webgpu', calls: 3, settle: async () => void calls.push('settled') };
  await timed({ ...figure, open: () => ({ action: () => calls.push('called') }) }).measure(
    { seconds: 0, turns: 1 },
    queue,
  );
  const turn = ['called', 'called', 'called', 'settled'];
  expect(calls).toEqual([...turn, ...turn]);
});
