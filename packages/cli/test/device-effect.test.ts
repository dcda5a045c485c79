import type { NonIdeality, Stage } from '@txsim/core';
import { add, input, multiply, normal } from '@txsim/ops';
import { describe, expect, test } from 'vitest';
import { drawEffect } from '../src/device/draw-effect.js';
import { sampleEffect } from '../src/device/sample-effect.js';

const scaled: NonIdeality = {
  perDevice: { factor: add(1, multiply(0.1, normal('factor'))) },
  effects: [{ stage: 'conduct', apply: (g) => multiply(g, input('factor')) }],
};

describe('the effect on a sample of devices', () => {
  test('quantiles are those of the law: 1.645 and 0.674 σ around the median (n = 20000)', () => {
    const [sample] = sampleEffect(scaled, 20_000, 1);
    for (const { x, given, quantiles } of sample!.series[0]!) {
      expect(given).toBe(x);
      [-1.645, -0.674, 0, 0.674, 1.645].forEach((z, i) => {
        // The standard error of a quantile is √(p(1 − p)/n)/density, 0.015 σ at the outer ones; 4.5 of them.
        expect(Math.abs(quantiles[i]! / x - 1 - 0.1 * z)).toBeLessThan(4.5 * 0.0015);
      });
    }
  });

  test('the axis is what the stage depends on', () => {
    const of = (...effects: NonIdeality['effects']): [Stage, string, string][] =>
      sampleEffect({ effects }, 4, 1).map(({ stage, axis, result }) => [stage, axis, result]);
    expect(of({ stage: 'retain', apply: (g) => g })).toEqual([['retain', 'time', 'conductance']]);
    expect(of({ stage: 'update', apply: (g) => g })).toEqual([['update', 'conductance', 'change']]);
    expect(of({ stage: 'update', apply: (g, { pulses }) => add(g, pulses) })).toEqual([
      ['update', 'pulses', 'conductance'],
    ]);
    expect(of({ stage: 'read', apply: (i) => i }, { stage: 'program', apply: (g) => g })).toEqual([
      ['read', 'conductance', 'current'],
      ['program', 'conductance', 'conductance'],
    ]);
  });

  test('a write that nothing disturbs changes what it asks for', () => {
    const [sample] = sampleEffect({ effects: [{ stage: 'update', apply: (g) => g }] }, 4, 1);
    for (const { given, quantiles, one } of sample!.series[0]!)
      for (const change of [given, one, ...quantiles])
        expect(Math.abs(change / 0.45e-6 - 1)).toBeLessThan(1e-9);
  });

  test('a picture names its axes and is drawn at every stage', async () => {
    const svg = await drawEffect('test/effect', ['note'], sampleEffect(scaled, 50, 1));
    expect(svg).toContain('<svg role="img" aria-label="test/effect, what the circuit sees"');
    for (const text of ['conductance before, µS', 'conductance after, µS', 'what the circuit sees'])
      expect(svg).toContain(text);
  });
});
