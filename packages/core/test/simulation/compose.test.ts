import {
  compose,
  defineExtensionPoint,
  deviceModel,
  dac,
  mapping,
  network,
  nonIdeality,
  reporter,
  wireModel,
  type ContributionContext,
  type DeviceModel,
} from '@txsim/core';
import { randomStream } from '@txsim/ops';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { plugin, registryOf, stackOf, stub } from '../support/plugins.js';

const device = (create: (context: ContributionContext<Record<string, never>>) => unknown) =>
  plugin('acme', [stub(deviceModel, 'device', create)]);
const acme = { device: { use: 'acme/device' } };

describe('creation', () => {
  test('every contribution is created once, also where several ask for it', () => {
    let created = 0;
    const asks = plugin('asks', [
      stub(nonIdeality, 'one', ({ resolve }) => resolve(deviceModel)),
      stub(nonIdeality, 'two', ({ resolve }) => resolve(deviceModel)),
    ]);
    const nonIdealities = [{ use: 'asks/one' }, { use: 'asks/two' }];
    const registry = registryOf(
      device(() => ({ serial: ++created })),
      asks,
    );
    const simulation = compose(stackOf({ ...acme, nonIdealities }), registry);
    expect(created).toBe(1);
    expect(simulation.resolve(deviceModel)).toBe(simulation.resolve(deviceModel));
    const [one, two] = simulation.resolveAll(nonIdeality);
    expect(one!.product).toBe(two!.product);
  });

  test('two simulations of one registry share nothing', () => {
    const registry = registryOf(device(() => ({})));
    const [a, b] = [compose(stackOf(acme), registry), compose(stackOf(acme), registry)];
    expect(a.resolve(deviceModel)).not.toBe(b.resolve(deviceModel));
  });

  test('the context gives the configuration with its defaults, the label, and streams of its own', () => {
    const wire = wireModel({
      id: 'wire',
      description: '',
      config: z.strictObject({ row: z.number(), column: z.number().default(2) }),
      create: ({ config, label, random }) => ({ config, label, key: random('a', 'b').key }) as never,
    });
    const stack = stackOf({ wire: { use: 'wires', row: 1 } }, { seed: 42 });
    const simulation = compose(stack, registryOf(plugin('wires', [wire])));
    expect(simulation.resolve(wireModel)).toEqual({
      config: { row: 1, column: 2 },
      label: 'wires/wire',
      key: randomStream(42, 'wires/wire', 'a', 'b').key,
    });
  });

  test('files come from the host; without one there are none', async () => {
    const registry = registryOf(device(({ readFile }) => ({ read: () => readFile('some/file') })));
    const bytes = Uint8Array.of(1, 2, 3);
    const read = (simulation: ReturnType<typeof compose>): Promise<Uint8Array> =>
      (simulation.resolve(deviceModel) as unknown as { read(): Promise<Uint8Array> }).read();
    const readFile = (name: string): Promise<Uint8Array> =>
      Promise.resolve(name === 'some/file' ? bytes : bytes.slice(1));
    expect(await read(compose(stackOf(acme), registry, { readFile }))).toBe(bytes);
    await expect(read(compose(stackOf(acme), registry))).rejects.toThrow(
      'some/file: this host reads no files',
    );
  });
});

describe('order and choice', () => {
  const noises = plugin('noises', [stub(nonIdeality, 'a'), stub(nonIdeality, 'b')]);
  const labels = (uses: { use: string; enabled?: boolean }[]): string[] =>
    compose(stackOf({ nonIdealities: uses }), registryOf(noises))
      .resolveAll(nonIdeality)
      .map((x) => x.label);

  test('contributions of a point come in the order of the stack, not of the plugin', () => {
    expect(labels([{ use: 'noises/b' }, { use: 'noises/a' }])).toEqual(['noises/b', 'noises/a']);
  });

  test('the same contribution twice gets two labels, and so two noises', () => {
    expect(labels([{ use: 'noises/a' }, { use: 'noises/a' }])).toEqual(['noises/a', 'noises/a#2']);
  });

  test('enabled: false leaves a contribution out', () => {
    expect(
      labels([
        { use: 'noises/a', enabled: false },
        { use: 'noises/b', enabled: true },
      ]),
    ).toEqual(['noises/b']);
  });

  test('what the stack does not have is undefined for resolveOptional, and an error for resolve', () => {
    const simulation = compose(stackOf(), registryOf());
    expect(simulation.resolveOptional(dac)).toBeUndefined();
    expect(simulation.resolveAll(nonIdeality)).toEqual([]);
    expect(() => simulation.resolve(dac)).toThrow('CONTRIBUTION_NOT_FOUND [dac] the stack has none');
  });

  test('a point that a plugin opened is asked like any other', () => {
    const thermometer = defineExtensionPoint<{ kelvin: number }>('thermometer', 'one');
    expect(compose(stackOf(), registryOf()).resolveOptional(thermometer)).toBeUndefined();
  });
});

describe('events and the end', () => {
  test('contributions hear events, until the simulation is disposed', () => {
    const heard: number[] = [];
    const listens = plugin('listens', [
      stub(reporter, 'reporter', ({ on }) => on('progress', ({ step }) => heard.push(step))),
    ]);
    const simulation = compose(stackOf({}, { reporters: [{ use: 'listens' }] }), registryOf(listens));
    simulation.events.emit('progress', { step: 1, epoch: 1, loss: 0 });
    simulation.dispose();
    simulation.events.emit('progress', { step: 2, epoch: 1, loss: 0 });
    expect(heard).toEqual([1]);
  });

  test('a listener that throws is named by plugin, version and label', () => {
    const fail = (): never => {
      throw new Error('no');
    };
    const listens = plugin('listens', [stub(reporter, 'reporter', ({ on }) => on('end', fail))]);
    const { events } = compose(stackOf({}, { reporters: [{ use: 'listens' }] }), registryOf(listens));
    expect(() => events.emit('end', { interrupted: false, seconds: 1 })).toThrow(
      'LISTENER_FAILED [@test/listens@1.2.3 listens/reporter] on "end": no',
    );
  });

  test('dispose runs what was registered, last created first, and once', () => {
    const disposed: string[] = [];
    const parts = plugin('parts', [
      stub(deviceModel, 'device', ({ onDispose }) => onDispose(() => disposed.push('device'))),
      stub(mapping, 'mapping', ({ onDispose, resolve }) => {
        resolve(network);
        onDispose(() => disposed.push('mapping'));
      }),
      stub(network, 'network', ({ onDispose }) => onDispose(() => disposed.push('network'))),
    ]);
    const array = { device: { use: 'parts' }, mapping: { use: 'parts' } };
    const simulation = compose(stackOf(array, { network: { use: 'parts' } }), registryOf(parts));
    simulation.dispose();
    simulation.dispose();
    expect(disposed).toEqual(['mapping', 'device', 'network']);
  });
});

test('versions lists the plugins in use, by name', () => {
  const registry = registryOf(
    device(() => ({})),
    plugin('unused', []),
  );
  expect(compose(stackOf(acme), registry).versions).toEqual({ '@test/acme': '1.2.3', '@test/base': '1.2.3' });
});

test('labelOf names the contribution of a point', () => {
  expect(compose(stackOf(), registryOf()).labelOf(deviceModel)).toBe('base/device');
});

test('types: what is resolved is the product of the point', () => {
  const { resolve, resolveAll } = compose(stackOf(), registryOf());
  expectTypeOf(resolve(deviceModel)).toEqualTypeOf<DeviceModel>();
  expectTypeOf(resolveAll(deviceModel)[0]!.product).toEqualTypeOf<DeviceModel>();
});
