import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createPlugin, KINDS } from 'create-txsim-plugin';
import { publint } from 'publint';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, txsim } from './support/txsim.js';

/** Of vitest's reporter for programs. */
interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const run = promisify(execFile);
const NAME = 'soft-gate';
const kinds = Object.keys(KINDS);

describe('new plugins, one of each kind, as they are', async () => {
  const root = await temporaryFolder();
  const folders = kinds.map((kind) => createPlugin({ name: NAME, kind, folder: join(root, kind) }).folder);

  beforeAll(() => {
    // What `npm install` would bring; the packages of this repository as they are built.
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  });

  it('pass the type check and build', () => {
    const { config } = ts.readConfigFile(join(folders[0]!, 'tsconfig.json'), ts.sys.readFile) as {
      config: { compilerOptions: object };
    };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const files = folders.flatMap((folder) => ts.sys.readDirectory(folder, ['.ts'], ['node_modules']));
    const program = ts.createProgram(files, { ...options, noEmit: false, declaration: true });
    const problems = ts.getPreEmitDiagnostics(program);
    const host = {
      getCanonicalFileName: (n: string) => n,
      getCurrentDirectory: () => root,
      getNewLine: () => '\n',
    };
    expect(ts.formatDiagnostics(problems, host)).toBe('');
    const built = /^(?<folder>[^/]+)\/src\/(?<file>.*)$/;
    program.emit(undefined, (path, text) => {
      const { folder, file } = built.exec(relative(root, path))?.groups ?? {};
      if (!folder) return;
      const target = join(root, folder, 'dist', file!);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    });
    for (const folder of folders) expect(existsSync(join(folder, 'dist', 'index.d.ts'))).toBe(true);
  });

  it('pass their tests', async () => {
    // In one process, so that tfjs is loaded once and not for each of the files.
    const args = [
      '--root',
      root,
      '--no-isolate',
      '--pool=threads',
      '--maxWorkers=1',
      '--testTimeout=60000',
      '--reporter=json',
    ];
    const { stdout } = await run(
      process.execPath,
      [resolve('node_modules/vitest/vitest.mjs'), 'run', ...args],
      {
        cwd: root,
        maxBuffer: 2 ** 26,
      },
    ).catch((failed: { stdout: string }) => failed);
    const { testResults, success } = JSON.parse(stdout.slice(stdout.indexOf('{"'))) as Report;
    const failures = testResults.flatMap(({ name, message, assertionResults }) => [
      ...(message ? [`${name}: ${message}`] : []),
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName }) => `${name}: ${fullName}`),
    ]);
    expect(failures).toEqual([]);
    expect(success).toBe(true);
    expect(testResults).toHaveLength(2 * kinds.length);
  }, 180_000);

  it('are what publint asks of a package', async () => {
    const { messages } = await publint({ pkgDir: join(root, 'device-model'), pack: 'npm', strict: true });
    expect(messages).toEqual([]);
  });

  it('the picture in README.md is what `npm run plot` draws', async () => {
    const folder = join(root, 'device-model');
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const shown = readFileSync(join(folder, 'response.svg'), 'utf8');
    const [command, ...args] = scripts['plot']!.split(' ');
    expect(command).toBe('txsim');
    expect((await txsim(folder, ...args)).stderr).toBe('');
    expect(readFileSync(join(folder, 'response.svg'), 'utf8')).toBe(shown);
  });
});

describe('txsim plugin create', async () => {
  const folder = await temporaryFolder();

  it('writes the plugin, and says what to type next', async () => {
    const { code, stdout } = await txsim(
      folder,
      'plugin',
      'create',
      '@acme/txsim-plugin-hfo2',
      '--kind',
      'adc',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('cd txsim-plugin-hfo2\n  npm install\n');
    expect(existsSync(join(folder, 'txsim-plugin-hfo2/src/hfo2.ts'))).toBe(true);
  });

  it('prints one JSON object', async () => {
    const args = ['plugin', 'create', 'ramp', '--kind', 'adc', '--out', 'mine', '--json'];
    const { use, folder: made, package: name } = JSON.parse((await txsim(folder, ...args)).stdout) as Record<string, string>; // prettier-ignore
    expect({ use, made, name }).toEqual({ use: 'ramp/ramp', made: join(folder, 'mine'), name: 'txsim-plugin-ramp' }); // prettier-ignore
  });

  it.each([
    [['Ramp', '--kind', 'adc'], 'expected lower-case letters'],
    [['ramp', '--kind', 'convertor'], 'expected one of device-model'],
    [['ramp', '--kind', 'adc', '--out', '.'], 'is not empty'],
  ])('%j is wrong input: %s', async (args, message) => {
    const { code, stderr, stdout } = await txsim(folder, 'plugin', 'create', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('names each kind in its help', async () => {
    const { stdout } = await txsim(folder, 'plugin', 'create', '--help');
    for (const kind of kinds) expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(new RegExp(`[ ,]${kind}[ ,.]`));
  });
});
