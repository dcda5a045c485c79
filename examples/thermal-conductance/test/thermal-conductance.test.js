import { compose, nonIdeality, parseStack } from '@txsim/core';
import { input } from '@txsim/ops';
import { describeNonIdeality, describePlugin, valuesOf } from '@txsim/plugin-testkit';
import { standardRegistry } from '@txsim/simulator';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import plugin, { thermalConductance } from '../src/index.js';

describePlugin(plugin, { packageJson });
describeNonIdeality(thermalConductance, { neutral: { alpha: 0 } });

/** What a conductance of 1 µS becomes in a stack with these extensions, µS. */
async function seen(extensions) {
  const stack = parseStack({
    dataset: { use: 'datasets/digits' },
    network: { use: 'mlp' },
    stack: {
      device: { use: 'device-models/ideal' },
      mapping: { use: 'mapping/differential-pair' },
      nonIdealities: [{ use: 'thermal-conductance/thermal-conductance', alpha: -0.002 }],
    },
    trainer: { use: 'trainers/sgd' },
    extensions,
  });
  const simulation = compose(stack, standardRegistry([plugin]));
  const [{ product }] = simulation.resolveAll(nonIdeality);
  const [effect] = product.effects;
  const [g] = await valuesOf(effect.apply(input('g'), { window: { gMin: 1e-6, gMax: 1e-5 } }), { g: [1] });
  simulation.dispose();
  return g;
}

test('without a thermometer nothing changes', async () => expect(await seen([])).toBe(1));

test('the thermometer in the stack sets the temperature', async () => {
  expect(await seen([{ use: 'thermal-conductance/oven' }])).toBeCloseTo(0.9, 6);
  expect(await seen([{ use: 'thermal-conductance/oven', kelvin: 250 }])).toBeCloseTo(1.1, 6);
});
