import {
  defineExtensionPoint,
  deviceModel,
  isExtensionPoint,
  type Contribution,
  type DeviceModel,
  type ExtensionPoint,
} from '@txsim/core';
import { add } from '@txsim/ops';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { messageOf, stub } from '../support/plugins.js';

/** A point as a plugin may open one. */
interface Thermometer {
  kelvin(): number;
}
const thermometer = defineExtensionPoint<Thermometer>('thermometer', 'one');

describe('an extension point', () => {
  test('has a name and a multiplicity, and cannot be changed', () => {
    expect([thermometer.point, thermometer.multiplicity]).toEqual(['thermometer', 'one']);
    expect(isExtensionPoint(thermometer)).toBe(true);
    expect(Object.isFrozen(thermometer)).toBe(true);
  });

  test('called, it makes a contribution to itself', () => {
    const contribution = stub(thermometer, 'constant', () => ({ kelvin: () => 300 }));
    expect(contribution.point).toBe(thermometer);
    expect(contribution.create({} as never).kelvin()).toBe(300);
  });

  test.each(['', 'Upper', '1st', 'two words', 'a/b'])('refuses the name "%s"', (name) => {
    expect(messageOf(() => defineExtensionPoint(name, 'one'))).toBe(
      `extension point "${name}": expected letters, digits and hyphens`,
    );
    expect(messageOf(() => stub(thermometer, name))).toBe(
      `thermometer "${name}": an id is letters, digits and hyphens`,
    );
  });
});

describe('types', () => {
  const config = z.strictObject({ gMax: z.number(), shape: z.string().default('round') });

  test('the configuration is inferred in create, with defaults filled in', () => {
    deviceModel({
      id: 'typed',
      description: '',
      config,
      create: (context) => {
        expectTypeOf(context.config).toEqualTypeOf<{ gMax: number; shape: string }>();
        expectTypeOf(context.resolve(thermometer)).toEqualTypeOf<Thermometer>();
        expectTypeOf(context.resolveOptional(deviceModel)).toEqualTypeOf<DeviceModel | undefined>();
        expectTypeOf(context.resolveAll(thermometer)).toEqualTypeOf<readonly Thermometer[]>();
        return { gMin: 0, gMax: context.config.gMax, respond: ({ g, request }) => add(g, request) };
      },
    });
  });

  test('a product of the wrong kind is a type error', () => {
    // @ts-expect-error a thermometer is no device model
    deviceModel({ id: 'wrong', description: '', config, create: () => ({ kelvin: () => 300 }) });
    // @ts-expect-error the response is missing
    deviceModel({ id: 'wrong', description: '', config, create: () => ({ gMin: 0, gMax: 1 }) });
    // @ts-expect-error a model without a schema
    deviceModel({
      id: 'wrong',
      description: '',
      create: () => ({ gMin: 0, gMax: 1, respond: ({ g }) => g }),
    });
  });

  test('a parameter that the schema does not have is a type error', () => {
    deviceModel({
      id: 'misspelt',
      description: '',
      config,
      // @ts-expect-error the schema says gMax
      create: (context) => ({ gMin: 0, gMax: context.config.gmax, respond: ({ g }) => g }),
    });
  });

  test('a contribution knows its product', () => {
    expectTypeOf(deviceModel).toExtend<ExtensionPoint<DeviceModel>>();
    expectTypeOf(stub(deviceModel, 'x')).toEqualTypeOf<Contribution<DeviceModel>>();
    expectTypeOf<Contribution<DeviceModel>>().toExtend<Contribution>();
  });
});
