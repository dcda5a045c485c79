import {
  Events,
  type ContributionContext,
  type Reporter,
  type RunDescription,
  type RunFolder,
} from '@txsim/core';
import { beforeEach, describe, expect, it } from 'vitest';
import plugin, { jsonLines, METRICS_FILE } from '../src/index.js';

const history = { progress: [], epochs: [], snapshots: [], wires: [], warnings: [] };
const run = { seed: 1, backend: 'cpu', versions: {}, history } as unknown as RunDescription;
const end = { interrupted: false, seconds: 12.5 };

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
  folder = new MemoryFolder();
  made = create();
});

/** A reporter with events of its own. */
function create(): Reporter {
  events = new Events();
  const on: ContributionContext<unknown>['on'] = (name, listener) => events.on(name, listener);
  return jsonLines.create({
    config: {},
    label: 'report-json-lines/json-lines',
    on,
  } as unknown as never) as Reporter;
}

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

  it('writes one object per line for progress, warnings and epochs, in the order of the run', async () => {
    made.open?.(run, folder);
    everything();
    await made.close?.(end);
    expect(folder.lines).toEqual([
      { type: 'progress', step: 5, epoch: 1, loss: 1.25, twinLoss: 1.125 },
      { type: 'warning', source: 'wire-resistance/solver', message: 'a "quoted"\nmessage' },
      { type: 'epoch', ...epoch },
    ]);
  });

  it('begins every line with its type', async () => {
    made.open?.(run, folder);
    everything();
    await made.close?.(end);
    for (const line of folder.files.get(METRICS_FILE)!.trim().split('\n'))
      expect(line).toMatch(/^\{"type":"/);
  });

  it('writes at once when the file is begun', async () => {
    made.open?.(run, folder);
    await Promise.resolve();
    await Promise.resolve();
    events.emit('epoch', epoch);
    expect(folder.lines).toEqual([{ type: 'epoch', ...epoch }]);
  });

  it('writes identical files for identical runs, also into the same folder, however long they took', async () => {
    made.open?.(run, folder);
    everything();
    await made.close?.(end);
    const first = folder.files.get(METRICS_FILE);
    made = create();
    made.open?.(run, folder);
    everything();
    await made.close?.({ ...end, seconds: 99 });
    expect(folder.files.get(METRICS_FILE)).toBe(first);
    expect(first).not.toContain('seconds');
  });

  it('repeats what a checkpoint remembers, and nothing that came after it', async () => {
    folder.append(METRICS_FILE, '{"type":"progress","step":6}');
    const progress = [5, 10, 15].map((step) => ({ step, epoch: Math.ceil(step / 10), loss: 1 / step }));
    const warnings = [{ source: 'a/b', message: 'once' }];
    made.open?.({ ...run, history: { ...history, progress, epochs: [epoch], warnings } }, folder);
    events.emit('progress', { step: 20, epoch: 2, loss: 0.05 });
    await made.close?.(end);
    const what = folder.lines.map((line) => line as { type: string; step?: number });
    expect(what.map(({ type, step }) => `${type} ${step ?? ''}`.trim())).toEqual([
      'warning',
      'progress 5',
      'progress 10',
      'epoch 10',
      'progress 15',
      'progress 20',
    ]);
  });

  it('writes null for a loss that is not finite', async () => {
    made.open?.(run, folder);
    events.emit('progress', { step: 1, epoch: 1, loss: Number.NaN });
    await made.close?.(end);
    expect(folder.lines).toEqual([{ type: 'progress', step: 1, epoch: 1, loss: null }]);
  });

  it('keeps what happened before the folder was known', async () => {
    events.emit('warning', { source: 'mnist/mnist', message: 'early' });
    made.open?.(run, folder);
    await made.close?.(end);
    expect(folder.lines).toEqual([{ type: 'warning', source: 'mnist/mnist', message: 'early' }]);
  });

  it('tells at the end that the file could not be begun', async () => {
    folder.write = () => Promise.reject(new Error('disk full'));
    made.open?.(run, folder);
    everything();
    await expect(made.close?.(end)).rejects.toThrow('disk full');
  });

  it('writes nothing where a run has no folder', async () => {
    made.open?.(run, undefined);
    expect(everything).not.toThrow();
    await made.close?.(end);
    expect(folder.files.size).toBe(0);
  });
});
