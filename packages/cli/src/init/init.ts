import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import {
  configJsonSchema,
  dataset,
  deviceModel,
  mapping,
  network,
  trainer,
  type Point,
  type Registration,
  type Registry,
} from '@txsim/core';
import { stackJsonSchema } from '../config/stack-json-schema.js';
import { InputError } from '../output/input-error.js';
import { printResult } from '../output/result.js';
import { SHIPPED } from '../plugins/built-in.js';
import { isPath } from '../plugins/resolve-plugin.js';
import { loadPlugins, nameFrom } from '../plugins/load-plugins.js';
import { writeAtomically } from '../run/write-atomically.js';
import { stackText } from './stack-text.js';

/** `txsim init` as it was typed. */
export interface InitRequest {
  readonly file: string;
  readonly device?: string;
  readonly network?: string;
  readonly dataset?: string;
  readonly plugin: readonly string[];
  readonly force?: boolean;
  readonly json?: boolean;
}

const SCHEMA_FILE = 'txsim.schema.json';

/** What is asked for on a terminal, and what is taken where nobody says otherwise. */
const QUESTIONS = [
  { key: 'device', point: deviceModel, fallback: 'device-models/asymmetric-nonlinear' },
  { key: 'network', point: network, fallback: 'mlp' },
  { key: 'dataset', point: dataset, fallback: 'datasets/digits' },
] as const;

/** `txsim init` */
export async function init(request: InitRequest): Promise<void> {
  const file = resolve(request.file);
  const schema = join(dirname(file), SCHEMA_FILE);
  if (existsSync(file) && !request.force)
    throw new InputError(`${request.file}: is there already; --force overwrites it`);
  const folder = process.cwd();
  const { registry } = await loadPlugins({ listed: SHIPPED, added: request.plugin, base: folder });
  const chosen = {
    ...(await choose(request, registry)),
    mapping: registry.find(mapping, 'mapping/differential-pair'),
    trainer: registry.find(trainer, 'trainers/sgd'),
  };
  const added = request.plugin.map((name) => (isPath(name) ? nameFrom(name, folder, dirname(file)) : name));
  const needed = Object.values(chosen).map(({ plugin }) => plugin.name);
  const shipped = needed.filter((name) => SHIPPED.some((short) => name === `@txsim/plugin-${short}`));
  const plugins = [...new Set([...shipped.map((name) => name.replace('@txsim/plugin-', '')), ...added])];
  await writeAtomically(schema, `${JSON.stringify(stackJsonSchema(registry), null, 2)}\n`);
  await writeAtomically(file, stackText(plugins, chosen));
  const result = { file, schema, plugins, uses: Object.values(chosen).map(({ use }) => use) };
  const shown = relative(folder, file);
  printResult(result, request.json, () => `${shown}, ${relative(folder, schema)}\n\ntxsim train ${shown}`);
}

/** By flag, by question on a terminal, or by default. @throws PluginError CONTRIBUTION_NOT_FOUND */
async function choose(
  request: InitRequest,
  registry: Registry,
): Promise<Record<'device' | 'network' | 'dataset', Registration>> {
  const asks = process.stdin.isTTY && !request.json;
  const chosen: [string, Registration][] = [];
  for (const { key, point, fallback } of QUESTIONS) {
    const use = request[key] ?? (asks ? await ask(key, point, registry, fallback) : fallback);
    chosen.push([key, withDefaults(registry.find(point, use), key)]);
  }
  return Object.fromEntries(chosen) as Record<'device' | 'network' | 'dataset', Registration>;
}

/** @throws InputError if a parameter has no default: a stack cannot be written without it */
function withDefaults(registration: Registration, key: string): Registration {
  const { required = [], properties = {} } = configJsonSchema(registration.contribution.config) as {
    required?: string[];
    properties?: Record<string, { default?: unknown }>;
  };
  const open = required.filter((name) => properties[name]?.default === undefined);
  if (open.length === 0) return registration;
  throw new InputError(`--${key} ${registration.use}: ${open.join(', ')} must be given; write it by hand`);
}

async function ask(key: string, point: Point, registry: Registry, fallback: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const known = registry.list(point).map(({ use }) => use);
    const answer = await terminal.question(`${key} (${known.join(', ')}) [${fallback}]: `);
    return answer.trim() || fallback;
  } finally {
    terminal.close();
  }
}
