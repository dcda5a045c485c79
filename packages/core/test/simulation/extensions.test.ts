import { compose, defineExtensionPoint, deviceModel, nonIdeality } from '@txsim/core';
import { describe, expect, test } from 'vitest';
import { plugin, registryOf, stackOf, stub } from '../support/plugins.js';

/** A point that a plugin opens: ambient conditions, which its non-ideality and others' may ask for. */
const ambient = defineExtensionPoint<{ readonly kelvin: number }>('ambient', 'one');
const oven = plugin('oven', [stub(ambient, 'oven', () => ({ kelvin: 400 }))]);
const drift = plugin('drift', [
  stub(nonIdeality, 'drift', ({ resolveOptional }) => ({
    effects: [],
    kelvin: resolveOptional(ambient)?.kelvin ?? 300,
  })),
]);
const nonIdealities = [{ use: 'drift' }];

describe('an extension point of a plugin’s own', () => {
  test('gets its contribution from `extensions`', () => {
    const stack = stackOf({ nonIdealities }, { extensions: [{ use: 'oven' }] });
    const simulation = compose(stack, registryOf(drift, oven));
    expect(simulation.resolveAll(nonIdeality)[0]!.product).toMatchObject({ kelvin: 400 });
    expect(simulation.resolve(ambient).kelvin).toBe(400);
  });

  test('may stay empty', () => {
    const simulation = compose(stackOf({ nonIdealities }), registryOf(drift, oven));
    expect(simulation.resolveAll(nonIdeality)[0]!.product).toMatchObject({ kelvin: 300 });
  });

  test('is no back door: what has a place of its own is refused there', () => {
    const other = plugin('other', [stub(deviceModel, 'device')]);
    const stack = stackOf({}, { extensions: [{ use: 'other/device' }, { use: 'ovn' }] });
    expect(() => compose(stack, registryOf(other, oven))).toThrow(
      'CONTRIBUTION_NOT_FOUND [other/device] no extension of this name is loaded. "other/device" is of the kind deviceModel.\n' +
        'CONTRIBUTION_NOT_FOUND [ovn] no extension of this name is loaded. Did you mean "oven"?',
    );
  });
});
