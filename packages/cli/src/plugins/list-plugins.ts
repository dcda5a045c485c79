import { printResult } from '../output/result.js';
import { table } from '../output/table.js';
import { loadShown } from './load-shown.js';

/** `txsim plugins` */
export async function listPlugins(
  file: string | undefined,
  { plugin: added, json }: { readonly plugin: readonly string[]; readonly json?: boolean },
): Promise<void> {
  const { plugins, registry } = await loadShown(file, added);
  const contributions = registry.list().map(({ use, plugin, contribution }) => ({
    point: contribution.point.point,
    use,
    plugin: plugin.name,
    description: contribution.description,
  }));
  const points = [...new Set(contributions.map(({ point }) => point))].sort();
  const result = {
    plugins: plugins.map(({ plugin: { name, version, namespace, engines }, from }) => ({
      name,
      version,
      namespace,
      engines,
      from,
    })),
    contributions: Object.fromEntries(
      points.map((p) => [p, contributions.filter(({ point }) => point === p)]),
    ),
  };
  printResult(result, json, () => {
    const packages = table(result.plugins.map(({ name, version, from }) => [name, version, from]));
    const byPoint = points.map((point) => {
      const rows = contributions.filter((c) => c.point === point);
      return `${point}\n${table(
        rows.map(({ use, description }) => [use, description]),
        '  ',
      )}`;
    });
    return [packages, ...byPoint].join('\n\n');
  });
}
