import { adc, deviceModel, mapping, nonIdeality, PluginError, Registry, VERSION } from '@txsim/core';
import { describe, expect, test } from 'vitest';
import { messageOf, plugin, stub } from '../support/plugins.js';

const hfo2 = plugin('hfo2', [stub(deviceModel, 'bipolar'), stub(nonIdeality, 'telegraph-noise')]);
const mappings = plugin('mappings', [stub(mapping, 'differential-pair'), stub(mapping, 'offset')]);

describe('add', () => {
  test('takes what definePlugin returned, and nothing else', () => {
    expect(new Registry().add(hfo2).plugins).toEqual([hfo2]);
    expect(messageOf(() => new Registry().add({ name: 'no plugin' }, 'my-plugin'))).toBe(
      'PLUGIN_INVALID [my-plugin] the default export is not the result of definePlugin(…)',
    );
  });

  test('does nothing for a plugin that is already there', () => {
    expect(new Registry().add(hfo2).add(hfo2).plugins).toEqual([hfo2]);
  });

  test('refuses a namespace that is taken', () => {
    const other = plugin('hfo2', [], { name: '@other/hfo2', version: '2.0.0' });
    expect(messageOf(() => new Registry().add(hfo2).add(other))).toBe(
      'PLUGIN_DUPLICATE [@other/hfo2@2.0.0] namespace "hfo2" is already taken by @test/hfo2@1.2.3',
    );
  });

  test.each([
    ['^0.1.0', '0.1.0'],
    ['^0.1.0', '0.1.7'],
    ['>=0.1.0 <2', '1.4.0'],
    ['^1.2.0', '1.3.0-beta.1'],
    ['*', '7.0.0'],
  ])('a plugin for core %s runs on %s', (txsim, core) => {
    expect(() => new Registry(core).add(plugin('p', [], { engines: { txsim } }))).not.toThrow();
  });

  test.each([
    ['^0.1.0', '0.2.0'],
    ['^1.2.0', '1.1.9'],
    ['^1.2.0', '2.0.0'],
  ])('a plugin for core %s is refused by %s', (txsim, core) => {
    expect(messageOf(() => new Registry(core).add(plugin('p', [], { engines: { txsim } })))).toBe(
      `PLUGIN_ENGINE [@test/p@1.2.3] needs @txsim/core ${txsim}, this is ${core}`,
    );
  });

  test('the version that is checked is that of this package, if no other is given', () => {
    expect(new Registry().coreVersion).toBe(VERSION);
  });

  test.each([
    [{ version: '1.2' }, 'version: expected a semantic version, got "1.2"'],
    [{ namespace: 'HfO2' }, 'namespace: expected lower-case letters, digits and hyphens, got "HfO2"'],
    [{ engines: { txsim: 'soon' } }, 'engines.txsim: expected a range of versions of @txsim/core'],
    [{ engines: undefined as never }, 'engines.txsim: expected a range of versions of @txsim/core'],
    [{ contributes: [stub(adc, 'a'), stub(adc, 'a')] }, 'contributes "a" twice'],
  ])('refuses %j', (wrong, detail) => {
    const defined = plugin('p', [], wrong);
    expect(messageOf(() => new Registry().add(defined))).toBe(
      `PLUGIN_INVALID [@test/p@${defined.version}] ${detail}`,
    );
  });

  test('a plugin that was refused leaves no trace', () => {
    const registry = new Registry();
    expect(() => registry.add(plugin('p', [stub(adc, 'a')], { version: 'x' }))).toThrow(PluginError);
    expect(registry.list()).toEqual([]);
  });
});

describe('find', () => {
  const registry = new Registry().add(hfo2).add(mappings);

  test('finds namespace/id', () => {
    expect(registry.find(deviceModel, 'hfo2/bipolar')).toEqual({
      plugin: hfo2,
      contribution: hfo2.contributes[0],
      use: 'hfo2/bipolar',
    });
  });

  test('finds a namespace alone, where the plugin contributes one of that kind', () => {
    expect(registry.find(deviceModel, 'hfo2').use).toBe('hfo2/bipolar');
    expect(registry.find(nonIdeality, 'hfo2').use).toBe('hfo2/telegraph-noise');
    expect(() => registry.find(mapping, 'mappings')).toThrow('CONTRIBUTION_NOT_FOUND [mappings]');
  });

  test('finds the main one of several by the namespace alone', () => {
    const several = plugin('several', [stub(adc, 'a'), stub(adc, 'b'), stub(mapping, 'c')], { main: 'b' });
    const found = new Registry().add(several);
    expect(found.find(adc, 'several').use).toBe('several/b');
    expect(found.find(mapping, 'several').use).toBe('several/c');
    expect(() => new Registry().add(plugin('p', [stub(adc, 'a')], { main: 'x' }))).toThrow(
      'main: it contributes no "x"',
    );
  });

  test.each([
    [deviceModel, 'hfo2/bipolr', 'no deviceModel of this name is loaded. Did you mean "hfo2/bipolar"?'],
    [deviceModel, 'zzz', 'no deviceModel of this name is loaded. Known: hfo2/bipolar.'],
    [adc, 'zzz', 'no adc of this name is loaded. Known: none.'],
    [adc, 'hfo2/bipolar', 'no adc of this name is loaded. "hfo2/bipolar" is of the kind deviceModel.'],
  ])('%o: "%s" fails with the nearest name', (point, use, detail) => {
    expect(messageOf(() => registry.find(point as never, use))).toBe(
      `CONTRIBUTION_NOT_FOUND [${use}] ${detail}`,
    );
  });
});

test('list gives all contributions in the order of loading, or those of one point', () => {
  const registry = new Registry().add(mappings).add(hfo2);
  expect(registry.list().map((r) => r.use)).toEqual([
    'mappings/differential-pair',
    'mappings/offset',
    'hfo2/bipolar',
    'hfo2/telegraph-noise',
  ]);
  expect(registry.list(deviceModel).map((r) => r.use)).toEqual(['hfo2/bipolar']);
});
