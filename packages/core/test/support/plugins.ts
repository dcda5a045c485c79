import {
  dataset,
  definePlugin,
  deviceModel,
  mapping,
  network,
  parseStack,
  Registry,
  trainer,
  type Contribution,
  type ContributionContext,
  type ExtensionPoint,
  type Plugin,
  type PluginDefinition,
  type Stack,
  type StackInput,
} from '@txsim/core';
import { z } from 'zod';

/** A plugin `@test/<namespace>@1.2.3`. */
export const plugin = (
  namespace: string,
  contributes: readonly Contribution[],
  other: Partial<PluginDefinition> = {},
): Plugin =>
  definePlugin({
    name: `@test/${namespace}`,
    version: '1.2.3',
    namespace,
    engines: { txsim: '^0.1.0' },
    contributes,
    ...other,
  });

/** A contribution without parameters whose product does not matter, unless `create` says otherwise. */
export const stub = <Product>(
  point: ExtensionPoint<Product>,
  id: string,
  create: (context: ContributionContext<Record<string, never>>) => unknown = () => ({ id }),
): Contribution<Product> =>
  point({
    id,
    description: `The ${id}.`,
    config: z.strictObject({}),
    create: (context) => (create(context) ?? {}) as Product,
  });

/** What a stack cannot do without. */
export const base = plugin('base', [
  stub(dataset, 'dataset'),
  stub(network, 'network'),
  stub(deviceModel, 'device'),
  stub(mapping, 'mapping'),
  stub(trainer, 'trainer'),
]);

/** A registry with `base` and these plugins. */
export const registryOf = (...plugins: readonly Plugin[]): Registry =>
  plugins.reduce((registry, p) => registry.add(p), new Registry().add(base));

/** A stack of `base`, with these parts in its arrays. */
export const stackOf = (array: Partial<StackInput['stack']> = {}, other: Partial<StackInput> = {}): Stack =>
  parseStack({
    dataset: { use: 'base/dataset' },
    network: { use: 'base/network' },
    trainer: { use: 'base/trainer' },
    ...other,
    stack: { device: { use: 'base/device' }, mapping: { use: 'base/mapping' }, ...array },
  });

/** The message of what `run` throws, without anything thrown a line of its own. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}
