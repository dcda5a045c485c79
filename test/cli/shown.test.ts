import { describe, expect, it } from 'vitest';
import { fixture, txsim } from './support/txsim.js';

const json = async (...args: string[]): Promise<Record<string, any>> => {
  const { code, stdout } = await txsim('.', ...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<string, any>;
};

describe('doctor', () => {
  it('says which backends run here and which one auto takes', async () => {
    const { backends, auto, node } = await json('doctor');
    expect(node).toBe(process.version);
    expect(auto).toBe('wasm');
    expect(backends).toContainEqual({
      name: 'cpu',
      plugin: '@txsim/plugin-backend-cpu@0.1.0',
      available: true,
      detail: 'plain JavaScript',
    });
  });
});

describe('describe', () => {
  it('gives parameters with type, range, default and unit', async () => {
    const { use, point, parameters } = await json('describe', 'write-noise');
    expect({ use, point }).toEqual({ use: 'write-noise/write-noise', point: 'nonIdeality' });
    expect(parameters).toContainEqual({
      key: 'gamma',
      type: 'number ≥ 0 ≤ 1000',
      default: 3,
      description: expect.stringContaining('percent') as string,
    });
  });

  it('suggests the nearest name', async () => {
    const { code, stderr } = await txsim('.', 'describe', 'write-nois');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean "write-noise"?');
  });

  it('knows plugins that are named', async () => {
    const { plugin } = await json('describe', 'talkative/linear', '--plugin', fixture('talkative.mjs'));
    expect(plugin).toBe('txsim-plugin-talkative');
  });
});

describe('plugins', () => {
  it('lists plugins with versions and contributions by extension point', async () => {
    const { plugins, contributions } = await json('plugins', '--plugin', fixture('talkative.mjs'));
    expect(plugins).toContainEqual(
      expect.objectContaining({
        name: 'txsim-plugin-talkative',
        version: '1.0.0',
        from: fixture('talkative.mjs'),
      }),
    );
    const uses = (contributions.deviceModel as { use: string }[]).map(({ use }) => use);
    expect(uses).toContain('talkative/linear');
    expect(uses).toContain('device-models/ideal');
  });
});

describe('schema', () => {
  it('completes the contributions of every place with their parameters', async () => {
    const { properties } = await json('schema', '--plugin', fixture('talkative.mjs'));
    const choices = properties.stack.properties.device.anyOf as {
      properties: Record<string, { enum?: string[] }>;
    }[];
    const linear = choices.find((c) => c.properties['use']!.enum!.includes('talkative/linear'));
    expect(linear!.properties['use']!.enum).toEqual(['talkative/linear', 'talkative']);
    expect(linear!.properties['gMax']).toMatchObject({ type: 'number', default: 1e-5 });
    expect(properties.backend.enum).toEqual(['auto', 'wasm', 'cpu']);
    expect(properties.stack.properties.nonIdealities.items.anyOf.length).toBeGreaterThan(3);
  });
});
