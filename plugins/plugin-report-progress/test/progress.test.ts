import { Events, type ContributionContext, type Reporter, type RunDescription } from '@txsim/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import plugin, { createProgress, progress } from '../src/index.js';

const start = { epochs: 3, stepsPerEpoch: 100, step: 0, twin: true };
const epoch = { epoch: 1, step: 100, loss: 0.3123, testLoss: 0.3, accuracy: 0.9236, twinAccuracy: 0.956 };

function bench({ isTTY = false, interval = 10 } = {}) {
  const events = new Events();
  const disposals: (() => void)[] = [];
  const clock = { seconds: 100 };
  const written: string[] = [];
  const stream = { isTTY, columns: 120, write: (text: string) => written.push(text) };
  const on: ContributionContext<unknown>['on'] = (name, listener) => events.on(name, listener);
  const onDispose = (dispose: () => void) => void disposals.push(dispose);
  const reporter: Reporter = createProgress(
    { config: { interval }, on, onDispose },
    { stream, now: () => clock.seconds },
  );
  reporter.open?.({} as RunDescription, undefined);
  const dispose = () => disposals.forEach((d) => d());
  return { events, clock, reporter, dispose, text: () => written.join('') };
}

const benches: ReturnType<typeof bench>[] = [];
const open = (options?: Parameters<typeof bench>[0]) => {
  const made = bench(options);
  benches.push(made);
  return made;
};
afterEach(() => benches.splice(0).forEach((b) => b.dispose()));

describe('plain lines', () => {
  it('say epoch, loss and both accuracies', () => {
    const { events, text } = open();
    events.emit('start', start);
    events.emit('epoch', epoch);
    expect(text()).toBe('epoch 1/3  loss 0.312  accuracy 92.4 %  (digital 95.6 %)\n');
  });

  it('leave the digital twin out where there is none', () => {
    const { events, text } = open();
    events.emit('start', { ...start, twin: false });
    events.emit('epoch', { epoch: 2, step: 200, loss: 2, testLoss: 2, accuracy: 0.1 });
    expect(text()).toBe('epoch 2/3  loss 2  accuracy 10.0 %\n');
  });

  it('come at most once per interval between epochs, with the time left', () => {
    const { events, clock, text } = open({ interval: 10 });
    events.emit('start', start);
    for (let step = 1; step <= 60; step++) {
      clock.seconds += 0.25;
      events.emit('progress', { step, epoch: 1, loss: 0.5, twinLoss: 0.25 });
    }
    expect(text()).toBe('step 40/300  epoch 1/3  loss 0.5  (digital 0.25)  1 min 05 s left\n');
  });

  it('estimate the time left from where a resumed run went on', () => {
    const { events, clock, text } = open({ interval: 1 });
    events.emit('start', { ...start, step: 200 });
    clock.seconds += 10;
    events.emit('progress', { step: 250, epoch: 3, loss: 0.5 });
    expect(text()).toBe('continuing at step 200/300\nstep 250/300  epoch 3/3  loss 0.5  10 s left\n');
  });

  it('print warnings in full', () => {
    const { events, text } = open();
    const message = 'did not converge '.repeat(40);
    events.emit('warning', { source: 'wire-resistance/solver', message });
    expect(text()).toBe(`warning: wire-resistance/solver: ${message}\n`);
  });

  it('show a loss that is not a number', () => {
    const { events, text } = open();
    events.emit('epoch', { ...epoch, loss: Number.NaN });
    expect(text()).toContain('loss NaN');
  });

  it('end with how long the run took, and whether it was interrupted', async () => {
    const { reporter, text } = open();
    await reporter.close?.({ interrupted: false, seconds: 3725 });
    await reporter.close?.({ interrupted: true, seconds: 4.4 });
    expect(text()).toBe('finished after 1 h 02 min\ninterrupted after 4 s\n');
  });
});

describe('the bar', () => {
  it('shows step, epoch, losses and the time left', () => {
    const { events, clock, text } = open({ isTTY: true });
    events.emit('start', start);
    clock.seconds += 30;
    events.emit('progress', { step: 150, epoch: 2, loss: 0.5, twinLoss: 0.25 });
    events.emit('warning', { source: 'a', message: 'redraws' });
    expect(text()).toContain('50 %  step 150/300  epoch 2/3  loss 0.5  (digital 0.25)  30 s left');
  });

  it('leaves epoch lines and warnings above it, each on a line of its own', async () => {
    const { events, reporter, text } = open({ isTTY: true });
    events.emit('start', start);
    events.emit('epoch', epoch);
    events.emit('warning', { source: 'a/b', message: 'mind the gap' });
    await reporter.close?.({ interrupted: false, seconds: 1 });
    const screen = render(text());
    expect(screen).toEqual([
      'epoch 1/3  loss 0.312  accuracy 92.4 %  (digital 95.6 %)',
      'warning: a/b: mind the gap',
      'finished after 1 s',
    ]);
  });

  it('leaves no timer behind when the simulation is disposed without an end', () => {
    vi.useFakeTimers();
    const { events, dispose } = open({ isTTY: true });
    events.emit('start', start);
    dispose();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});

describe('the plugin', () => {
  it('writes to standard error and never to standard output', async () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const context = { config: { interval: 10 }, on: () => {}, onDispose: () => {} };
    const made = progress.create(context as unknown as never) as Reporter;
    await made.close?.({ interrupted: false, seconds: 1 });
    const [silent, spoken] = [out.mock.calls.length, err.mock.calls.length];
    vi.restoreAllMocks();
    expect(silent).toBe(0);
    expect(spoken).toBeGreaterThan(0);
  });

  it('contributes report-progress/progress', () => {
    expect(plugin.namespace).toBe('report-progress');
    expect(plugin.contributes.map((c) => c.id)).toEqual(['progress']);
  });
});

/** What a terminal shows after this text: knows newline, column, save, restore, and clearing to either side. */
function render(text: string): string[] {
  const lines = [''];
  let [row, column] = [0, 0];
  let saved: [number, number] = [0, 0];
  const put = (c: string): void => {
    const line = (lines[row] ?? '').padEnd(column);
    lines[row] = line.slice(0, column) + c + line.slice(column + 1);
    column++;
  };
  for (const [token] of text.matchAll(/\x1b\[[0-9;?]*[A-Za-z]|\x1b[78]|[^]/g)) {
    if (token === '\n') [row, column] = [row + 1, 0];
    else if (token === '\r') column = 0;
    else if (token === '\x1b7') saved = [row, column];
    else if (token === '\x1b8') [row, column] = saved;
    else if (/^\x1b\[\d*G$/.test(token)) column = Number(token.slice(2, -1) || 1) - 1;
    else if (token === '\x1b[0K') lines[row] = (lines[row] ?? '').slice(0, column);
    else if (token === '\x1b[2K') lines[row] = '';
    else if (token.startsWith('\x1b')) throw new Error(`unknown sequence ${JSON.stringify(token)}`);
    else put(token);
  }
  return lines.map((line) => (line ?? '').trimEnd()).filter((line) => line !== '');
}
