import { describeDeviceModel, make, valuesOf } from '@txsim/plugin-testkit';
import { constant, input } from '@txsim/ops';
import { expect, test } from 'vitest';
import { __identifier__ } from '../src/index.js';

describeDeviceModel(__identifier__);
describeDeviceModel(__identifier__, { config: { asymmetry: 0, cycleToCycle: 0 } });

test('from gMin one pulse makes a whole step, from gMax e^(−asymmetry) of one', async () => {
  const config = { gMin: 1e-6, gMax: 11e-6, step: 0.1, asymmetry: 2, cycleToCycle: 0 };
  const device = make(__identifier__, { config });
  const after = await valuesOf(device.pulse!({ g: input('g'), up: constant(1) }), { g: [1e-6, 11e-6] });
  expect(after[0]! / 2e-6).toBeCloseTo(1, 5);
  expect((after[1]! - 11e-6) / (1e-6 * Math.exp(-2))).toBeCloseTo(1, 4);
});
