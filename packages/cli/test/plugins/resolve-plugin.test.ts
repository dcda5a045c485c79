import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { resolvePlugin } from '../../src/plugins/resolve-plugin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const packaged = (...names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', exports: './index.js' })],
      [`node_modules/${name}/index.js`, 'export default 0;'],
    ]),
  );
const urlOf = (folder: string, name: string): string =>
  pathToFileURL(join(folder, 'node_modules', name, 'index.js')).href;

describe('resolvePlugin', () => {
  it('prefers @txsim/plugin-NAME, then txsim-plugin-NAME, then NAME', () => {
    const names = ['@txsim/plugin-hfo2', 'txsim-plugin-hfo2', 'hfo2'];
    names.forEach((name, i) => {
      const folder = temporaryFolder(packaged(...names.slice(i)));
      expect(resolvePlugin('hfo2', [folder])).toBe(urlOf(folder, name));
    });
  });

  it('looks in the folders in turn', () => {
    const near = temporaryFolder(packaged('txsim-plugin-a'));
    const far = temporaryFolder(packaged('txsim-plugin-a', 'txsim-plugin-b'));
    expect(resolvePlugin('a', [near, far])).toBe(urlOf(near, 'txsim-plugin-a'));
    expect(resolvePlugin('b', [near, far])).toBe(urlOf(far, 'txsim-plugin-b'));
  });

  it('does not take an unrelated package near by for an official plugin further away', () => {
    const near = temporaryFolder(packaged('mnist'));
    const far = temporaryFolder(packaged('@txsim/plugin-mnist'));
    expect(resolvePlugin('mnist', [near, far])).toBe(urlOf(far, '@txsim/plugin-mnist'));
  });

  it('takes scoped and full names as they are', () => {
    const folder = temporaryFolder(packaged('@acme/txsim-plugin-hfo2', 'txsim-plugin-x'));
    expect(resolvePlugin('@acme/txsim-plugin-hfo2', [folder])).toBe(urlOf(folder, '@acme/txsim-plugin-hfo2'));
    expect(resolvePlugin('txsim-plugin-x', [folder])).toBe(urlOf(folder, 'txsim-plugin-x'));
  });

  it('takes a path from the first folder', () => {
    const folder = temporaryFolder({ 'my/plugin.mjs': '' });
    expect(resolvePlugin('./my/plugin.mjs', [folder, '/'])).toBe(
      pathToFileURL(join(folder, 'my/plugin.mjs')).href,
    );
    expect(() => resolvePlugin('./other.mjs', [folder])).toThrow(
      'PLUGIN_NOT_FOUND [./other.mjs] there is no file',
    );
    expect(() => resolvePlugin('./my', [folder])).toThrow('this is a folder');
  });

  it('says what was tried, and how to install it', () => {
    const folder = temporaryFolder();
    const tried = 'none of @txsim/plugin-hfo2, txsim-plugin-hfo2, hfo2 is installed';
    expect(() => resolvePlugin('hfo2', [folder])).toThrow(tried);
    expect(() => resolvePlugin('hfo2', [folder])).toThrow('npm install txsim-plugin-hfo2');
    expect(() => resolvePlugin('@acme/x', [folder])).toThrow('npm install @acme/x');
  });
});
