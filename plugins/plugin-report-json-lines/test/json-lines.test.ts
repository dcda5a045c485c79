import {
  Events,
  type ContributionContext,
  type Reporter,
  type RunDescription,
  type RunFolder,
} from '@txsim/core';
import { beforeEach, describe, expect, it } from 'vitest';
import plugin, { jsonLines, METRICS_FILE } from '../src/index.js';

const run = { seed: 1, backend: 'cpu', versions: {} } as RunDescription;

class MemoryFolder implements RunFolder {
  readonly files = new Map<string, string>();
  async write(name: string, content: string): Promise<void> {
    this.files.set(name, content);
  }
  append(name: string, line: string): void {
    this.files.set(name, `${this.files.get(name) ?? ''}${line}\n`);
  }
  get lines(): unknown[] {
    const text = this.files.get(METRICS_FILE) ?? '';
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  }
}

let events: Events;
let folder: MemoryFolder;
let made: Reporter;

beforeEach(() => {
  events = new Events();
  folder = new MemoryFolder();
  const on: ContributionContext<unknown>['on'] = (name, listener) => events.on(name, listener);
  made = jsonLines.create({
    config: {},
    label: 'report-json-lines/json-lines',
    on,
  } as unknown as never) as Reporter;
});

const epoch = {
  epoch: 1,
  step: 10,
  loss: 0.5,
  testLoss: 0.4,
  accuracy: 0.9,
  twinLoss: 0.3,
  twinAccuracy: 0.95,
};

function everything(): void {
  events.emit('start', { epochs: 1, stepsPerEpoch: 10, step: 0, twin: true });
  events.emit('progress', { step: 5, epoch: 1, loss: 1.25, twinLoss: 1.125 });
  events.emit('warning', { source: 'wire-resistance/solver', message: 'a "quoted"\nmessage' });
  events.emit('epoch', epoch);
  events.emit('end', { interrupted: false, seconds: 12.5 });
}

describe('json-lines', () => {
  it('is the one contribution of its plugin', () => {
    expect(plugin.namespace).toBe('report-json-lines');
    expect(plugin.contributes.map((c) => c.id)).toEqual(['json-lines']);
  });

  it('writes one object per line for progress, warnings and epochs, in the order of the run', () => {
    made.open?.(run, folder);
    everything();
    expect(folder.lines).toEqual([
      { type: 'progress', step: 5, epoch: 1, loss: 1.25, twinLoss: 1.125 },
      { type: 'warning', source: 'wire-resistance/solver', message: 'a "quoted"\nmessage' },
      { type: 'epoch', ...epoch },
    ]);
  });

  it('begins every line with its type', () => {
    made.open?.(run, folder);
    everything();
    for (const line of folder.files.get(METRICS_FILE)!.trim().split('\n'))
      expect(line).toMatch(/^\{"type":"/);
  });

  it('writes identical files for identical runs, however long they took', () => {
    made.open?.(run, folder);
    everything();
    const first = folder.files.get(METRICS_FILE);
    folder.files.clear();
    everything();
    expect(folder.files.get(METRICS_FILE)).toBe(first);
    expect(first).not.toContain('seconds');
  });

  it('writes null for a loss that is not finite', () => {
    made.open?.(run, folder);
    events.emit('progress', { step: 1, epoch: 1, loss: Number.NaN });
    expect(folder.lines).toEqual([{ type: 'progress', step: 1, epoch: 1, loss: null }]);
  });

  it('keeps what happened before the folder was known', () => {
    events.emit('warning', { source: 'mnist/mnist', message: 'early' });
    made.open?.(run, folder);
    expect(folder.lines).toEqual([{ type: 'warning', source: 'mnist/mnist', message: 'early' }]);
  });

  it('writes nothing where a run has no folder', () => {
    made.open?.(run, undefined);
    expect(everything).not.toThrow();
    expect(folder.files.size).toBe(0);
  });
});
