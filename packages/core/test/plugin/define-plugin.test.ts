import { deviceModel, isContribution, isExtensionPoint, isPlugin, nonIdeality, Registry } from '@txsim/core';
import { expect, test, vi } from 'vitest';
import { plugin, stub } from '../support/plugins.js';

const hfo2 = plugin('hfo2', [stub(deviceModel, 'bipolar'), stub(nonIdeality, 'telegraph-noise')]);

test('a plugin cannot be changed after it was defined', () => {
  expect(Object.isFrozen(hfo2)).toBe(true);
  expect(Object.isFrozen(hfo2.contributes)).toBe(true);
  expect(Object.isFrozen(hfo2.contributes[0])).toBe(true);
});

test('the list of contributions is copied: what is pushed later is not in it', () => {
  const contributes = [stub(deviceModel, 'a')];
  const defined = plugin('copied', contributes);
  contributes.push(stub(deviceModel, 'b'));
  expect(defined.contributes).toHaveLength(1);
});

test('only what definePlugin returned is a plugin', () => {
  expect(isPlugin(hfo2)).toBe(true);
  const { ...lookalike } = JSON.parse(JSON.stringify(hfo2)) as object;
  for (const value of [undefined, null, 5, 'hfo2', {}, lookalike, () => hfo2])
    expect(isPlugin(value)).toBe(false);
});

test('a plugin whose contributions come from nowhere is none', () => {
  expect(isPlugin(plugin('bad', [{ id: 'bare' } as never]))).toBe(false);
});

test('plugins, points and contributions of another copy of the package are recognised', async () => {
  vi.resetModules();
  const copy = await import('@txsim/core');
  expect(copy.deviceModel).not.toBe(deviceModel);
  expect(isExtensionPoint(copy.deviceModel)).toBe(true);
  const foreign = copy.definePlugin({ ...hfo2, contributes: [stub(copy.deviceModel as never, 'bipolar')] });
  expect(isPlugin(foreign)).toBe(true);
  expect(foreign.contributes.every(isContribution)).toBe(true);
  expect(new Registry().add(foreign).find(deviceModel, 'hfo2/bipolar').contribution).toBe(
    foreign.contributes[0],
  );
});
