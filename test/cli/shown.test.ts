import { describe, expect, it } from 'vitest';
import { fixture, txsim } from './support/txsim.js';

async function json<Result>(...args: string[]): Promise<Result> {
  const { code, stdout } = await txsim('.', ...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Result;
}

interface Doctor {
  readonly node: string;
  readonly backends: object[];
  readonly auto: string;
}

interface Described {
  readonly use: string;
  readonly point: string;
  readonly plugin: string;
  readonly parameters: object[];
}

interface Listed {
  readonly plugins: object[];
  readonly contributions: Record<string, { use: string }[]>;
}

interface Schema {
  readonly enum: string[];
  readonly properties: Record<string, Schema>;
  readonly anyOf: Schema[];
  readonly items: Schema;
}

describe('doctor', () => {
  it('says which backends run here and which one auto takes', async () => {
    const { backends, auto, node } = await json<Doctor>('doctor');
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
    const { use, point, parameters } = await json<Described>('describe', 'write-noise');
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
    const { plugin } = await json<Described>(
      'describe',
      'talkative/linear',
      '--plugin',
      fixture('talkative.mjs'),
    );
    expect(plugin).toBe('txsim-plugin-talkative');
  });
});

describe('plugins', () => {
  it('lists plugins with versions and contributions by extension point', async () => {
    const { plugins, contributions } = await json<Listed>('plugins', '--plugin', fixture('talkative.mjs'));
    expect(plugins).toContainEqual(
      expect.objectContaining({
        name: 'txsim-plugin-talkative',
        version: '1.0.0',
        from: fixture('talkative.mjs'),
      }),
    );
    const uses = contributions['deviceModel']!.map(({ use }) => use);
    expect(uses).toContain('talkative/linear');
    expect(uses).toContain('device-models/ideal');
  });
});

describe('schema', () => {
  it('completes the contributions of every place with their parameters', async () => {
    const { properties } = await json<Schema>('schema', '--plugin', fixture('talkative.mjs'));
    const { device, nonIdealities } = properties['stack']!.properties;
    const linear = device!.anyOf.find((c) => c.properties['use']!.enum.includes('talkative/linear'))!;
    expect(linear.properties['use']!.enum).toEqual(['talkative/linear', 'talkative']);
    expect(linear.properties['gMax']).toMatchObject({ type: 'number', default: 1e-5 });
    expect(properties['backend']!.enum).toEqual(['auto', 'wasm', 'webgpu', 'tensorflow', 'cpu']);
    expect(nonIdealities!.items.anyOf.length).toBeGreaterThan(3);
  });
});
