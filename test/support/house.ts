import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');

/** What of a package.json the rules of the house are about. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package of the workspace. */
export interface Member {
  readonly folder: string;
  readonly manifest: Manifest;
  /** What it may import from the workspace: the floors below; see docs/architecture.md. */
  readonly floor: number;
}

/** From the ground up; plugins live on PLUGINS. */
const FLOORS: readonly (readonly string[])[] = [
  ['@txsim/ops', 'create-txsim-plugin'],
  ['@txsim/core'],
  ['@txsim/array'],
  ['@txsim/device-models', '@txsim/circuit-models'],
  [],
  ['@txsim/layers'],
  ['@txsim/trainers', '@txsim/studies', '@txsim/plugin-testkit'],
  ['@txsim/cli', '@txsim/simulator'],
];
const PLUGINS = 4;

/** All packages of the workspace. */
export const members: readonly Member[] = ['packages', 'plugins'].flatMap((room) =>
  readdirSync(join(ROOT, room))
    .map((name) => join(ROOT, room, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
      const named = FLOORS.findIndex((names) => names.includes(manifest.name));
      return { folder, manifest, floor: named >= 0 || room === 'packages' ? named : PLUGINS };
    }),
);

/** One import of a source file. */
export interface Import {
  /** Relative to the package. */
  readonly file: string;
  readonly specifier: string;
}

/** What the sources of a package import, tests left out. */
export function importsOf({ folder }: Member): Import[] {
  const source = join(folder, 'src');
  if (!existsSync(source)) return [];
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      ts
        .preProcessFile(readFileSync(join(source, file), 'utf8'), true, true)
        .importedFiles.map(({ fileName }) => ({ file: `src/${file}`, specifier: fileName })),
    );
}

/** `@scope/name/deep` → `@scope/name` */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
