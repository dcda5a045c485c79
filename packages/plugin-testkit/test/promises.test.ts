import {
  adc,
  definePlugin,
  deviceModel,
  mapping,
  nonIdeality,
  wireModel,
  type DeviceModel,
} from '@txsim/core';
import { add, input, multiply, normal, subtract } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import {
  describeConverter,
  describeDeviceModel,
  describeMapping,
  describeNonIdeality,
  describePlugin,
  describePromises,
  describeWireModel,
} from '../src/index.js';
import { expect } from 'vitest';

/* Each contribution here breaks some promises. `test.fails` holds only if the check finds out. */

const broken = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, 'broken on purpose']));
const common = { description: 'For tests.', config: z.strictObject({}) };

describePromises('a promise', { exempt: broken(['that is broken']) }, (promised) => {
  promised('that is kept', () => expect(1).toBe(1));
  promised('that is broken', () => expect(1).toBe(2));
});

const device = (changed: Partial<DeviceModel>) =>
  deviceModel({
    ...common,
    id: 'device',
    create: () => ({ gMin: 1e-6, gMax: 1e-5, respond: ({ g, request }) => add(g, request), ...changed }),
  });

describeDeviceModel(device({ respond: ({ g, request }) => subtract(g, request) }), {
  exempt: broken([
    'potentiation never lowers and depression never raises',
    'a small request in the middle of the window makes a change of its sign',
  ]),
});

describeDeviceModel(device({ gMin: 1e-5, gMax: 1e-5 }), {
  exempt: broken([
    'the window is positive and ordered',
    'potentiation never lowers and depression never raises',
    'a small request in the middle of the window makes a change of its sign',
  ]),
});

describeDeviceModel(
  device({ respond: ({ g, request }) => add(g, request, multiply(normal('leak'), 1e-7)) }),
  { exempt: broken(['a request of 0 leaves the conductance, noise or not']) },
);

describeDeviceModel(
  device({
    perDevice: { factor: input('g') },
    respond: ({ g, request }) => add(g, multiply(request, input('factor'), 1e5)),
  }),
  { exempt: broken(['parameters per device depend on noise alone']) },
);

describeConverter(
  adc({
    ...common,
    id: 'offset',
    create: () => ({ fullScale: { kind: 'maximal' }, convert: (i, full) => add(i, full) }),
  }),
  {
    levels: 3,
    exempt: broken([
      'it is odd: f(−x) = −f(x)',
      '0 stays 0',
      'what it gives is left as it is by a second conversion',
      'it saturates at its full scale',
      'it has 3 levels',
    ]),
  },
);

describeMapping(
  mapping({
    ...common,
    id: 'forgets-its-offset',
    create: () => ({
      planes: 1,
      readouts: [{ planes: [1], significance: 1 }],
      grid: (inputs, outputs) => ({
        inputs,
        outputs,
        tileRows: 2,
        tileColumns: 1,
        rows: inputs,
        columns: outputs,
      }),
      weightRange: (largest) => largest,
      encode: (_, u, { gMin, gMax }) => add(multiply(u, (gMax - gMin) / 2), (gMin + gMax) / 2),
      request: (_, change, __, { gMin, gMax }) => multiply(change, (gMax - gMin) / 2),
    }),
  }),
  {
    limits: { rows: 64, columns: 64 },
    exempt: broken([
      'decoding gives back what was encoded',
      'ideal devices that are asked for a change of u stand for u + change, inside the window',
      'from any state, a change that the window can hold is made inside the window',
      'weightRange is positive and finite, for a matrix of zeros too',
      'the grid covers the matrix, and every tile is used',
      'no array is larger than 64 × 64',
    ]),
  },
);

describeNonIdeality(
  nonIdeality({
    ...common,
    id: 'nosy',
    create: () => ({
      effects: [{ stage: 'conduct', apply: (g) => multiply(g, add(1, multiply(normal('a'), 0.5))) }],
    }),
  }),
  {
    neutral: {},
    statistics: { 'its factor is 1.1': async (sample) => (await sample('conduct', 4000, { value: 1 })).reduce((s, x) => s + (x - 1.1) / 0.5, 0) / Math.sqrt(4000) }, // prettier-ignore
    exempt: broken(['conduct: changes nothing at strength 0', 'its factor is 1.1']),
  },
);

describeWireModel(
  wireModel({
    ...common,
    id: 'amplifier',
    create: () => ({ reciprocal: false, methods: [{ name: 'amplify', effective: (g) => tf.mul(g, 1.1) }] }),
  }),
  {
    network: { row: 1, column: 1, source: 0, sink: 0 },
    bound: 0.01,
    exempt: broken([
      'no line carries more than it would with ideal wires, all lines driven at 1 V',
      'it is reciprocal exactly if both directions have the same matrix',
      'it is within 0.01 of the largest entry of the exact effective matrix',
    ]),
  },
);

const loose = adc({
  id: 'loose',
  description: ' ',
  config: z.looseObject({ bits: z.int() }),
  create: () => {
    tf.scalar(1);
    return { fullScale: { kind: 'maximal' }, convert: (current) => current };
  },
});

describePlugin(
  definePlugin({
    name: 'x',
    version: '1.0',
    namespace: 'X',
    engines: { txsim: '^9.0.0' },
    contributes: [loose],
  }),
  {
    packageJson: { name: 'x', version: '1.0.0', peerDependencies: { '@txsim/core': '^0.1.0' } },
    configs: { loose: { bits: 3 } },
    exempt: broken([
      'name and version are those of package.json',
      'the version is semantic',
      'the namespace is lower-case letters, digits and hyphens',
      'engines.txsim is the range of the peer dependency on @txsim/core',
      'the registry takes it',
      'loose: has a description',
      'loose: an unknown key is refused',
      'loose: every key of the configuration has a description',
      'loose: create makes no tensors',
    ]),
  },
);
