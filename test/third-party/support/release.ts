import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { members, type Member } from '../../support/house.js';

interface PublishedManifest {
  readonly name: string;
  readonly version: string;
  readonly files?: readonly string[];
  readonly [key: string]: unknown;
}

const DEPENDENCIES = ['dependencies', 'peerDependencies'];

/**
 * Copies packages as they are built into a workspace from which they can be published, all under one version that they
 * ask of one another, too.
 *
 * @param only the packages to release; absent: all
 */
export function stageRelease(folder: string, version: string, only?: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, workspaces: ['packages/*'] }));
  const range = `^${version.split('.')[0]}.0.0`;
  for (const member of members.filter(({ manifest }) => !only || only.includes(manifest.name)))
    stagePackage(member, join(folder, 'packages', basename(member.folder)), version, range);
}

function stagePackage({ folder }: Member, target: string, version: string, range: string): void {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PublishedManifest;
  for (const part of [...(manifest.files ?? []), 'README.md'])
    cpSync(join(folder, part), join(target, part), {
      recursive: true,
      filter: (path) => !path.endsWith('.map'),
    });
  const sections = DEPENDENCIES.map((key) => [key, ranged(manifest[key], range)]);
  const { scripts: _, ...published } = manifest;
  const renumbered = { ...published, ...Object.fromEntries(sections), version };
  writeFileSync(join(target, 'package.json'), JSON.stringify(renumbered, null, 2));
  for (const file of readdirSync(join(target, 'dist'), { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.js')) renumber(join(target, 'dist', file), manifest.version, version, range);
}

const ranged = (section: unknown, range: string): Record<string, string> | undefined =>
  section === undefined
    ? undefined
    : Object.fromEntries(
        Object.entries(section as Record<string, string>).map(([name, asked]) => [
          name,
          isOurs(name) ? range : asked,
        ]),
      );

const isOurs = (name: string): boolean => members.some(({ manifest }) => manifest.name === name);

/** The places where a package repeats its version, and the range of the core that it asks for. */
function renumber(file: string, before: string, version: string, range: string): void {
  const text = readFileSync(file, 'utf8');
  const next = text
    .replaceAll(new RegExp(`((?:version:|VERSION\\d* =) )"${before}"`, 'g'), `$1"${version}"`)
    .replaceAll(`"^${before}"`, `"${range}"`);
  if (next !== text) writeFileSync(file, next);
}
