import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGuide } from '../support/guide.js';
import { startRegistry, type LocalRegistry } from './support/registry.js';
import { stageRelease } from './support/release.js';
import { shell, type Shell } from './support/shell.js';

/**
 * What somebody who knows the registry and docs/guides/plugins.md alone does, one step after the other, in folders outside of
 * the repository.
 */
const PLUGIN = 'txsim-plugin-hfo2';
const { files, commands } = readGuide('docs/guides/plugins.md');
const [[create, , ...make], tryOut, trainIt] = commands as [string[], string[], string[]];
/** For one step on a machine that has much else to do; all of them take two minutes on one that has not. */
const LIMIT = 20 * 60_000;

describe('an outsider', { timeout: LIMIT }, () => {
  const root = mkdtempSync(join(tmpdir(), 'txsim-'));
  const [plugin, user] = [join(root, PLUGIN), join(root, 'user')];
  let registry: LocalRegistry;
  let settings: Record<string, string>;
  let at: Shell;

  /** Publishes our packages under a version; npm takes them in one go. */
  const release = async (version: string, only?: readonly string[]): Promise<void> => {
    const folder = join(root, `release-${version}`);
    stageRelease(folder, version, only);
    await at.output(folder, 'npm', 'publish', '--workspaces', '--ignore-scripts');
  };
  const txsim = (...args: string[]) => at.run(user, join(user, 'node_modules/.bin/txsim'), ...args);
  const json = async <Result>(...args: string[]): Promise<Result> => {
    const { code, stdout, said } = await txsim(...args, '--json');
    expect(code, said).toBe(0);
    return JSON.parse(stdout) as Result;
  };
  const train = async (): Promise<{ accuracy: number; versions: Record<string, string> }> => {
    const { accuracy, outDir } = await json<{ accuracy: number; outDir: string }>(
      'train',
      'stack.jsonc',
      '--no-twin',
    );
    const { versions } = JSON.parse(readFileSync(join(outDir, 'run.json'), 'utf8')) as {
      versions: Record<string, string>;
    };
    return { accuracy, versions };
  };

  beforeAll(async () => {
    registry = await startRegistry(join(root, 'registry'), shell());
    const npmrc = join(root, 'npmrc');
    writeFileSync(npmrc, `registry=${registry.url}\n//${new URL(registry.url).host}/:_authToken=anybody\n`);
    settings = {
      npm_config_userconfig: npmrc,
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
    };
    at = shell(settings);
    await release('1.0.0');
  }, LIMIT);
  afterAll(async () => {
    await registry.stop();
    rmSync(root, { recursive: true, force: true });
  }, LIMIT);

  /** Lines of the guide, as they are typed; what they took goes into the guide. */
  const follow = async (folder: string, lines: readonly string[], from: Shell = at): Promise<void> => {
    for (const line of lines) {
      const begun = performance.now();
      await from.output(folder, 'sh', '-c', line);
      machine += (performance.now() - begun) / 1000;
      console.log(`${machine.toFixed(0).padStart(4)} s  ${line}`);
    }
  };
  let machine = 0;

  test('follows the guide: creates a plugin by npm create, and it builds and passes its tests untouched', async () => {
    // A cache of its own: npm must not find what an earlier registry gave it.
    const fresh = shell({ ...settings, npm_config_cache: join(root, 'cache'), npm_config_yes: 'true' });
    await follow(root, [create!], fresh);
    await follow(plugin, make);
  });

  test('follows the guide: writes a model and its tests, builds, tests and draws it', async () => {
    for (const { path, code } of files) writeFileSync(join(plugin, path), code);
    await follow(plugin, tryOut);
    expect(existsSync(join(plugin, 'response.svg'))).toBe(true);
  });

  test('follows the guide: has a trained network on the device', async () => {
    await follow(plugin, trainIt);
    expect(existsSync(join(plugin, 'runs/stack-1/report.html'))).toBe(true);
  });

  test('publishes it', async () => {
    await at.output(plugin, 'git', 'init', '--quiet');
    await at.output(plugin, 'npm', 'run', 'version');
    const { code, said } = await at.run(plugin, 'npm', 'publish');
    expect(code, said).toBe(0);
    expect(said).toMatch(/Test Files +2 passed/);
    expect(said).toContain(`+ ${PLUGIN}@0.1.0`);
  });

  test('installs the command line and the plugin elsewhere, and trains with it', async () => {
    mkdirSync(user);
    await at.output(user, 'npm', 'init', '--yes');
    await at.output(user, 'npm', 'install', '@txsim/cli', PLUGIN);
    const stack = {
      plugins: [PLUGIN, 'datasets'],
      dataset: { use: 'datasets/digits', trainSize: 600, testSize: 200 },
      network: { use: 'mlp', units: [24] },
      stack: { device: { use: 'hfo2', noise: 0.2 }, mapping: { use: 'mapping/differential-pair' } },
      trainer: { use: 'trainers/sgd', learningRate: 0.1, batchSize: 10, epochs: 2 },
    };
    writeFileSync(join(user, 'stack.jsonc'), JSON.stringify(stack));
    const { accuracy, versions } = await train();
    expect(versions).toMatchObject({ [PLUGIN]: '0.1.0', '@txsim/core': '1.0.0' });
    // A tenth is right by chance.
    expect(accuracy).toBeGreaterThan(0.3);
  });

  test('describes the device, and draws its response as it was written', async () => {
    const { parameters } = await json<{ parameters: { key: string; default: number }[] }>('describe', 'hfo2', '--plugin', PLUGIN); // prettier-ignore
    expect(parameters.find(({ key }) => key === 'step')?.default).toBe(0.05);
    const { values } = await json<{ values: [number, number][] }>('device', 'response', 'hfo2', '--plugin', PLUGIN, '--pulses', '+1'); // prettier-ignore
    const [first, second] = values.map(([, g]) => g);
    expect((second! - first!) / (0.05 * 9e-6)).toBeCloseTo(1, 4);
    await json('device', 'plot', 'hfo2', '--plugin', PLUGIN, '--out', 'hfo2.svg');
    expect(existsSync(join(user, 'hfo2.svg'))).toBe(true);
  });

  test('goes on after a minor version of the core', async () => {
    await release('1.1.0', ['@txsim/core']);
    await at.output(user, 'npm', 'install', '@txsim/core@1.1.0');
    expect((await train()).versions['@txsim/core']).toBe('1.1.0');
  });

  test('is told that a major version of the core is not what the plugin was written for', async () => {
    await release('2.0.0');
    // By force: npm, too, knows of the peer dependency.
    await at.output(user, 'npm', 'install', '--force', '@txsim/core@2.0.0', '@txsim/cli@2.0.0');
    const { code, said } = await txsim('train', 'stack.jsonc');
    expect(code).toBe(2);
    expect(said).toContain(`PLUGIN_ENGINE [${PLUGIN}@0.1.0] needs @txsim/core ^1.0.0, this is 2.0.0`);
  });
});
