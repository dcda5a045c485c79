import { backend, definePlugin, Registry, type Availability } from '@txsim/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { activateBackend, probeBackends } from '../src/index.js';

interface Fake {
  readonly priority: number;
  readonly probed: Availability;
}

const RUNS: Availability = { available: true, detail: 'fine' };
const NOT_HERE: Availability = { available: false, reason: 'no adapter', advice: 'install a driver' };

/** A registry of backends, and which of them were activated. */
function registryOf(fakes: Readonly<Record<string, Fake>>): { registry: Registry; activated: string[] } {
  const activated: string[] = [];
  const contributes = Object.entries(fakes).map(([id, { priority, probed }]) =>
    backend({
      id,
      description: 'For tests.',
      config: z.strictObject({}),
      create: () => ({ priority, probe: async () => probed, activate: async () => void activated.push(id) }),
    }),
  );
  const plugin = definePlugin({ name: 'fakes', version: '1.2.3', namespace: 'fakes', engines: { txsim: '*' }, contributes }); // prettier-ignore
  return { registry: new Registry().add(plugin), activated };
}

const FALLBACK: Availability = { available: true, detail: 'in software', fallback: true };

const THREE = {
  slow: { priority: 0, probed: RUNS },
  best: { priority: 9, probed: NOT_HERE },
  good: { priority: 5, probed: RUNS },
};

describe('auto', () => {
  test('takes the best that runs here, and activates no other', async () => {
    const { registry, activated } = registryOf(THREE);
    expect(await activateBackend(registry, 'auto')).toBe('good');
    expect(activated).toEqual(['good']);
  });

  test('passes over what runs on a fallback', async () => {
    const { registry } = registryOf({ ...THREE, best: { priority: 9, probed: FALLBACK } });
    expect(await activateBackend(registry, 'auto')).toBe('good');
    expect(await activateBackend(registry, 'best')).toBe('best');
    const alone = registryOf({ best: { priority: 9, probed: FALLBACK } }).registry;
    await expect(activateBackend(alone, 'auto')).rejects.toThrow(
      'BACKEND_UNAVAILABLE [auto] best: in software',
    );
  });

  test('where none runs, says of each why and what to do', async () => {
    const { registry } = registryOf({
      a: { priority: 1, probed: NOT_HERE },
      b: { priority: 2, probed: { available: false, reason: 'no SIMD', advice: 'update Node' } },
    });
    await expect(activateBackend(registry, 'auto')).rejects.toThrow(
      'BACKEND_UNAVAILABLE [auto] b: no SIMD; update Node; a: no adapter; install a driver',
    );
  });
});

describe('a name', () => {
  test('is taken even if another is better', async () => {
    expect(await activateBackend(registryOf(THREE).registry, 'slow')).toBe('slow');
  });

  test('that does not run here is not replaced, but explained', async () => {
    const { registry, activated } = registryOf(THREE);
    await expect(activateBackend(registry, 'best')).rejects.toThrow(
      'BACKEND_UNAVAILABLE [best] best: no adapter; install a driver',
    );
    expect(activated).toEqual([]);
  });

  test('that is not known gets the nearest one, or all', async () => {
    const { registry } = registryOf(THREE);
    await expect(activateBackend(registry, 'goood')).rejects.toThrow('no such backend. Did you mean "good"?');
    await expect(activateBackend(registry, 'quantum')).rejects.toThrow(
      'no such backend. Known: best, good, slow.',
    );
  });
});

test('all are probed in the order of preference, with the plugin that brings them', async () => {
  const reports = await probeBackends(registryOf(THREE).registry);
  expect(reports.map((r) => r.name)).toEqual(['best', 'good', 'slow']);
  expect(reports[0]).toEqual({ name: 'best', plugin: 'fakes@1.2.3', availability: NOT_HERE });
});
