import { compose, deviceModel, mapping, network, nonIdeality, PluginError, StackError } from '@txsim/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { messageOf, plugin, registryOf, stackOf, stub } from '../support/plugins.js';

const fails = (message: string) => (): never => {
  throw new Error(message);
};

describe('all that is wrong with a stack is told at once', () => {
  test('names that are not loaded and configurations that are wrong', () => {
    const drift = nonIdeality({
      id: 'drift',
      description: '',
      config: z.strictObject({ nu: z.number().min(0) }),
      create: () => ({ effects: [] }),
    });
    const stack = stackOf(
      {
        device: { use: 'base/devise' },
        nonIdealities: [
          { use: 'acme/drift', nu: -1 },
          { use: 'acme/drift', n: 1 },
        ],
      },
      { trainer: { use: 'unknown' } },
    );
    expect(messageOf(() => compose(stack, registryOf(plugin('acme', [drift]))))).toBe(
      [
        'CONTRIBUTION_NOT_FOUND [base/devise] no deviceModel of this name is loaded. Did you mean "base/device"?',
        'CONTRIBUTION_CONFIG [@test/acme@1.2.3 acme/drift] stack.nonIdealities.0.nu: Too small: expected number to be >=0 (got -1)',
        'CONTRIBUTION_CONFIG [@test/acme@1.2.3 acme/drift] stack.nonIdealities.1.nu: Invalid input: expected number, received undefined',
        'CONTRIBUTION_CONFIG [@test/acme@1.2.3 acme/drift] stack.nonIdealities.1.n: unknown key. Did you mean "nu"?',
        'CONTRIBUTION_NOT_FOUND [unknown] no trainer of this name is loaded. Known: base/trainer.',
      ].join('\n'),
    );
  });

  test('failures of create, each with plugin, version, label and place', () => {
    const bad = plugin('bad', [
      stub(deviceModel, 'device', fails('no window')),
      stub(nonIdeality, 'noise', () => {
        throw 'not even an error';
      }),
    ]);
    const stack = stackOf({ device: { use: 'bad' }, nonIdealities: [{ use: 'bad' }] });
    expect(messageOf(() => compose(stack, registryOf(bad)))).toBe(
      [
        'CONTRIBUTION_CREATE [@test/bad@1.2.3 bad/device] stack.device: no window',
        'CONTRIBUTION_CREATE [@test/bad@1.2.3 bad/noise] stack.nonIdealities.0: not even an error',
      ].join('\n'),
    );
  });

  test('a create that forgets to return its product', () => {
    const config = z.strictObject({});
    const forgets = deviceModel({ id: 'device', description: '', config, create: () => undefined as never });
    const stack = stackOf({ device: { use: 'forgets' } });
    expect(messageOf(() => compose(stack, registryOf(plugin('forgets', [forgets]))))).toBe(
      'CONTRIBUTION_CREATE [@test/forgets@1.2.3 forgets/device] stack.device: create returned nothing',
    );
  });

  test('parts that a stack cannot do without cannot be disabled', () => {
    const stack = stackOf(
      { device: { use: 'base/device', enabled: false } },
      { dataset: { use: 'base/dataset', enabled: false } },
    );
    expect(messageOf(() => compose(stack, registryOf()))).toBe(
      [
        'STACK_INVALID [dataset] a stack needs a dataset; it cannot be disabled',
        'STACK_INVALID [stack.device] a stack needs a deviceModel; it cannot be disabled',
      ].join('\n'),
    );
  });
});

describe('a failure is told once, however many need what failed', () => {
  test('a failure of create keeps its cause', () => {
    const cause = new Error('no window');
    const bad = plugin('bad', [
      stub(deviceModel, 'device', () => {
        throw cause;
      }),
      stub(mapping, 'mapping', ({ resolve }) => resolve(deviceModel)),
    ]);
    let thrown: unknown;
    try {
      compose(stackOf({ device: { use: 'bad' }, mapping: { use: 'bad' } }), registryOf(bad));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(StackError);
    expect((thrown as StackError).problems).toHaveLength(1);
    expect((thrown as StackError).problems[0]).toMatchObject({ code: 'CONTRIBUTION_CREATE', cause });
  });

  test('contributions that need each other are named in a circle', () => {
    const circle = plugin('circle', [
      stub(network, 'a', ({ resolve }) => resolve(deviceModel)),
      stub(deviceModel, 'b', ({ resolve }) => resolve(mapping)),
      stub(mapping, 'c', ({ resolve }) => resolve(network)),
    ]);
    const array = { device: { use: 'circle' }, mapping: { use: 'circle' } };
    const stack = stackOf(array, { network: { use: 'circle' } });
    expect(messageOf(() => compose(stack, registryOf(circle)))).toBe(
      'PLUGIN_CYCLE [circle/a] circle/a → circle/b → circle/c → circle/a',
    );
  });

  test('who only leads to the circle is not in it', () => {
    const circle = plugin('circle', [
      stub(network, 'entrance', ({ resolve }) => resolve(deviceModel)),
      stub(deviceModel, 'a', ({ resolve }) => resolve(mapping)),
      stub(mapping, 'b', ({ resolve }) => resolve(deviceModel)),
    ]);
    const array = { device: { use: 'circle' }, mapping: { use: 'circle' } };
    const stack = stackOf(array, { network: { use: 'circle' } });
    expect(messageOf(() => compose(stack, registryOf(circle)))).toBe(
      'PLUGIN_CYCLE [circle/a] circle/a → circle/b → circle/a',
    );
  });
});

test('what was created before the failure is disposed', () => {
  const disposed: string[] = [];
  const half = plugin('half', [
    stub(network, 'good', ({ onDispose }) => onDispose(() => disposed.push('good'))),
    stub(deviceModel, 'bad', fails('no')),
  ]);
  const stack = stackOf({ device: { use: 'half' } }, { network: { use: 'half' } });
  expect(() => compose(stack, registryOf(half))).toThrow(StackError);
  expect(disposed).toEqual(['good']);
});

test('an error with a code of its own is passed on as it is', () => {
  const error = new PluginError('DATASET_INVALID', 'digits.idx', 'is truncated');
  const bad = plugin('bad', [
    stub(network, 'network', () => {
      throw error;
    }),
  ]);
  expect(messageOf(() => compose(stackOf({}, { network: { use: 'bad' } }), registryOf(bad)))).toBe(
    error.message,
  );
});
