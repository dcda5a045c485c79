import { expect, test } from 'vitest';
import { namesOf } from '../src/naming.js';

test.each([
  ['hfo2', 'txsim-plugin-hfo2', 'hfo2', 'hfo2DeviceModel'],
  ['txsim-plugin-soft-bounds', 'txsim-plugin-soft-bounds', 'soft-bounds', 'softBoundsDeviceModel'],
  ['@acme/txsim-plugin-hfo2', '@acme/txsim-plugin-hfo2', 'hfo2', 'hfo2DeviceModel'],
  ['@acme/hfo2', '@acme/hfo2', 'hfo2', 'hfo2DeviceModel'],
])('%s is the package %s, the namespace %s and the export %s', (name, package_, id, identifier) => {
  expect(namesOf(name, 'device-model')).toEqual({ package: package_, id, identifier });
});

test.each(['HfO2', '2d', 'a b', '', '../x', '@acme/', '@Acme/x', 'ünder', 'x'.repeat(300), 'a_b', 'a.b'])(
  'the name "%s" is refused',
  (name) => expect(() => namesOf(name, 'adc')).toThrow('expected lower-case letters'),
);
