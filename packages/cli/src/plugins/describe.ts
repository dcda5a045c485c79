import { describeConfig, didYouMean, PluginError, type Registration, type Registry } from '@txsim/core';
import { InputError } from '../output/input-error.js';
import { printResult } from '../output/result.js';
import { table } from '../output/table.js';
import { loadShown } from './load-shown.js';

/** `txsim describe` */
export async function describe(
  id: string,
  { plugin: added, json }: { readonly plugin: readonly string[]; readonly json?: boolean },
): Promise<void> {
  const { plugin, contribution, use } = await findShown(id, added);
  const result = {
    use,
    point: contribution.point.point,
    plugin: plugin.name,
    version: plugin.version,
    description: contribution.description,
    ...(contribution.citation === undefined ? {} : { citation: contribution.citation }),
    parameters: describeConfig(contribution.config),
  };
  printResult(result, json, () => {
    const rows = result.parameters.map((p) => [p.key, p.type, defaultOf(p), p.description]);
    return [
      `${use}  ${result.point} of ${plugin.name}@${plugin.version}`,
      '',
      result.description,
      ...(result.citation === undefined ? [] : [result.citation]),
      '',
      rows.length === 0
        ? 'It has no parameters.'
        : table([['parameter', 'type', 'default', 'meaning'], ...rows]),
    ].join('\n');
  });
}

/** Among what is loaded; else the namespace is taken as the name of a plugin, since the user named it. */
async function findShown(id: string, added: readonly string[]): Promise<Registration> {
  const { registry } = await loadShown(undefined, added);
  const found = find(registry, id);
  if (found) return found;
  const namespace = id.split('/')[0]!;
  const more = await loadShown(undefined, [...added, namespace]).catch((error: unknown) => {
    if (error instanceof Error && (error.name === 'StackError' || error instanceof PluginError))
      return undefined;
    throw error;
  });
  const later = more && find(more.registry, id);
  if (later) return later;
  const known = registry.list().flatMap(({ use, plugin }) => [use, plugin.namespace]);
  const hint = didYouMean(id, known) || ' `txsim plugins` lists what there is; --plugin NAME loads more.';
  throw new InputError(`${id}: nothing of this name is loaded.${hint}`);
}

function find(registry: Registry, id: string): Registration | undefined {
  const all = registry.list();
  const exact = all.find(({ use }) => use === id);
  const alone = all.filter(({ plugin, contribution }) => plugin.namespace === id || contribution.id === id);
  const main = alone.find(({ plugin, contribution }) => contribution.id === plugin.main);
  return exact ?? (alone.length === 1 ? alone[0] : main);
}

const defaultOf = (parameter: { readonly default?: unknown }): string =>
  'default' in parameter ? JSON.stringify(parameter.default) : '–';
