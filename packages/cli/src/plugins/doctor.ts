import { arch, availableParallelism, cpus, platform, release } from 'node:os';
import { isChosen, probeBackends, type BackendReport } from '@txsim/trainers';
import { printResult } from '../output/result.js';
import { table } from '../output/table.js';
import { quietTfjs } from '../quiet-tfjs.js';
import { VERSION } from '../version.js';
import { loadPlugins } from './load-plugins.js';

/** `txsim doctor` */
export async function doctor({
  plugin,
  json,
}: {
  readonly plugin: readonly string[];
  readonly json?: boolean;
}) {
  quietTfjs();
  const { registry } = await loadPlugins({ listed: [], added: plugin, base: process.cwd() });
  const backends = await probeBackends(registry);
  const result = {
    txsim: VERSION,
    node: process.version,
    platform: `${platform()} ${arch()} ${release()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    backends: backends.map(({ name, plugin: from, availability }) => ({
      name,
      plugin: from,
      ...availability,
    })),
    auto: backends.find(({ availability }) => isChosen(availability, 'auto'))?.name ?? null,
  };
  printResult(result, json, () =>
    [
      table([
        ['txsim', result.txsim],
        ['node', result.node],
        ['platform', result.platform],
        ['cpu', `${result.cpu}, ${result.cores} cores`],
      ]),
      '',
      'backends, the preferred one first',
      table(backends.map(rowOf), '  '),
      '',
      result.auto === null ? 'No backend runs here.' : `"backend": "auto" takes ${result.auto}.`,
    ].join('\n'),
  );
}

const rowOf = ({ name, plugin, availability: a }: BackendReport): string[] =>
  a.available
    ? [name, plugin, 'available', a.detail]
    : [name, plugin, 'not here', `${a.reason}; ${a.advice}`];
