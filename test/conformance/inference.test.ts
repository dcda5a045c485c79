import type { NonIdeality, StageEffect } from '@txsim/core';
import { numberOf } from '@txsim/device-models';
import { input, mapLeaves, type Expression } from '@txsim/ops';
import { pcm, powerLaw, reram } from '@txsim/plugin-drift';
import { make } from '@txsim/plugin-testkit';
import { describe, expect, test } from 'vitest';
import { beside, validationTable } from '../support/validation.js';

const table = validationTable(
  'Inference',
  'Phase-change memory at 25 µS and filamentary ReRAM at 40 µS: the fits of aihwkit to Nandakumar et al., ICECS 2019, Joshi et al., Nat. Commun. 11:2473 (2020), and Wan et al., Nature 608:504 (2022).',
);

const HOUR = 3600;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** What a stage gives for a conductance, siemens; all normal noise is `xi`, per-device noise included. */
function stage(
  { effects, perDevice = {} }: NonIdeality,
  name: 'program' | 'retain',
  window: { readonly gMin: number; readonly gMax: number },
) {
  const effect = effects.find((e): e is Extract<StageEffect, { stage: typeof name }> => e.stage === name)!;
  const site = { window, time: input('time') };
  const expression = effect.apply(input('g'), site);
  return (g: number, time: number, xi: number): number => {
    const drawn = (e: Expression): Expression =>
      mapLeaves(e, (leaf) => (leaf.op === 'normal' ? { op: 'constant', value: xi } : leaf));
    const filled = mapLeaves(expression, (leaf) =>
      leaf.op === 'input' && leaf.name in perDevice ? perDevice[leaf.name]! : leaf,
    );
    return numberOf(drawn(filled))({ g, time });
  };
}

const window25 = { gMin: 1e-9, gMax: 25e-6 };

describe('Inference: phase-change memory, gMax = 25 µS', () => {
  test.each([
    [0, 0.26348],
    [0.1, 0.44825],
    [0.25, 0.68141],
    [0.5, 0.95271],
    [0.75, 1.07736],
    [1, 1.05538],
  ])('programming σ at r = %f is %f µS', (r, sigma) => {
    const program = stage(make(pcm), 'program', window25);
    const g = r * 25e-6;
    const found = 1e6 * (program(g, 0, 1) - program(g, 0, 0));
    expect(Math.abs(found - sigma)).toBeLessThan(0.6e-5);
    table.row(`programming σ at r = ${r}, µS`, ...beside(sigma, found));
  });

  test.each([
    [0, 0.036818],
    [HOUR, 0.04193],
    [DAY, 0.044764],
    [YEAR, 0.049605],
  ])('relative read σ at r = 1, %f s after programming, is %f', (time, sigma) => {
    const read = stage(make(pcm, { config: { drift: 0 } }), 'retain', window25);
    const found = read(25e-6, time, 1) / 25e-6 - 1;
    expect(Math.abs(found - sigma)).toBeLessThan(1e-6);
    table.row(`relative read σ after ${time} s`, ...beside(sigma, found));
  });

  test('the mean exponent is .049 at r = 1 and .1 at small r, the spread .008 and .045', () => {
    const drift = stage(make(pcm, { config: { read: 0 } }), 'retain', window25);
    const exponent = (r: number, xi: number): number =>
      -Math.log(drift(r * 25e-6, HOUR, xi) / (r * 25e-6)) / Math.log(181);
    expect(exponent(1, 0)).toBeCloseTo(0.049, 9);
    expect(exponent(1e-4, 0)).toBeCloseTo(0.1, 9);
    expect(exponent(1, 1) - exponent(1, 0)).toBeCloseTo(0.008, 9);
    expect(exponent(1e-4, 1) - exponent(1e-4, 0)).toBeCloseTo(0.045, 9);
  });
});

describe('Inference: power-law drift', () => {
  test.each([
    [0.049, [0.775129, 0.663524, 0.496946]],
    [0.06, [0.732048, 0.605153, 0.42475]],
    [0.1, [0.59461, 0.432954, 0.240006]],
  ])('ν = %f: the factor after an hour, a day, a year', (nu, factors) => {
    const drift = stage(make(powerLaw, { config: { nu } }), 'retain', window25);
    const found = [HOUR, DAY, YEAR].map((time) => drift(1e-5, time, 0) / 1e-5);
    found.forEach((factor, i) => expect(Math.abs(factor - factors[i]!)).toBeLessThan(1e-6));
    table.row(`drift with ν = ${nu}: 1 h, 1 d, 1 y`, ...beside(factors, found));
  });

  // test/invariants/retention.test.ts has the compensation itself.
  test('one factor for all undoes a uniform exponent: ratios of conductances stay', () => {
    const drift = stage(make(powerLaw), 'retain', window25);
    expect(drift(2e-5, DAY, 0) / drift(1e-6, DAY, 0)).toBeCloseTo(20, 9);
  });
});

describe('Inference: ReRAM relaxation, gMax = 40 µS', () => {
  test.each([
    [1, 2.02294],
    [DAY, 3.909],
    [2 * DAY, 3.92913],
  ])('σ at r = .5 after %f s is %f µS', (time, sigma) => {
    const retain = stage(make(reram), 'retain', { gMin: 1e-9, gMax: 40e-6 });
    const found = 1e6 * (retain(20e-6, time, 1) - 20e-6);
    expect(Math.abs(found - sigma)).toBeLessThan(1e-5);
    table.row(`ReRAM σ at r = 0.5 after ${time} s, µS`, ...beside(sigma, found));
  });
});

table.isOnPage();
