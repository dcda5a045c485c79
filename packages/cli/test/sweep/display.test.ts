import { parseStack } from '@txsim/core';
import { parseStudy, planStudy, type RunResult } from '@txsim/studies';
import { describe, expect, it } from 'vitest';
import { sweepDisplay } from '../../src/sweep/display.js';
import { Pace } from '../../src/sweep/pace.js';

const stack = parseStack({
  dataset: { use: 'x' },
  network: { use: 'x' },
  stack: { device: { use: 'x' }, mapping: { use: 'x' } },
  trainer: { use: 'x' },
});
const [run] = planStudy(parseStudy({ axes: { 'stack.device.nu': [0.1] }, seeds: 1 }), stack).runs;
const result = { accuracy: 0.5, digitalAccuracy: 0.75, made: { seconds: 4 } } as RunResult;

function scene(isTTY: boolean) {
  let text = '';
  let time = 0;
  const stream = { isTTY, columns: 60, write: (more: string) => (text += more) };
  const pace = new Pace(4, 1, () => time);
  const display = sweepDisplay(stream, pace, () => time);
  const finish = (seconds: number): void => {
    time += seconds;
    pace.finished(0);
    display.finished(0, run!, result);
  };
  return { display, pace, finish, wait: (s: number) => (time += s), text: () => text };
}

describe('Pace', () => {
  it('tells the time left from what was done here, not from what was done before', () => {
    const { pace, finish, wait } = scene(false);
    expect(pace.secondsLeft).toBeUndefined();
    finish(10);
    // Two of four are left, ten seconds each.
    expect(pace.secondsLeft).toBe(20);
    wait(5);
    pace.progress(1, 0.5);
    // One and a half in fifteen seconds; one and a half are left.
    expect(pace.secondsLeft).toBe(15);
  });
});

describe('sweepDisplay', () => {
  it('writes a line for each finished run where there is no terminal', () => {
    const { display, finish, text } = scene(false);
    display.progress(0, run!, { kind: 'progress', step: 3, steps: 10 });
    finish(10);
    expect(text()).toBe('[2/4] nu 0.1, seed 1  50.00 %  (digital 75.00 %)  4 s  20 s left\n');
  });

  it('draws a bar and a line for each worker on a terminal, and takes them away', () => {
    const { display, finish, wait, text } = scene(true);
    wait(1);
    display.progress(0, run!, { kind: 'progress', step: 3, steps: 10, loss: 0.25 });
    expect(text()).toBe(
      `${'█'.repeat(6)}${'░'.repeat(18)} 1/4 runs\n  nu 0.1, seed 1  step 3/10  loss 0.250\n`,
    );
    finish(9);
    // Two lines up, the rest of the screen cleared, then the line that stays.
    expect(text()).toContain('\u001b[2A\u001b[0J[2/4] nu 0.1, seed 1  50.00 %');
    display.stop();
    expect(text().endsWith('\u001b[1A\u001b[0J')).toBe(true);
  });
});
