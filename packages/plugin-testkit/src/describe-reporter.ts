import { Events, parseStack, type Contribution, type Reporter, type RunDescription, type RunFolder } from '@txsim/core'; // prettier-ignore
import { expect } from 'vitest';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

/** What holds for every reporter: no run is too short or too strange for it. */
export function describeReporter(contribution: Contribution<Reporter>, options: Options = {}): void {
  /** Reports a run; returns its files. */
  const report = async (
    feed: (events: Events) => void,
    inFolder = true,
    interrupted = false,
  ): Promise<Map<string, string>> => {
    const files = new Map<string, string>();
    const folder: RunFolder = {
      write: async (name, content) => void files.set(name, content),
      append: (name, line) => void files.set(name, `${files.get(name) ?? ''}${line}\n`),
    };
    const events = new Events();
    const disposals: (() => void)[] = [];
    const around = { ...options, events, onDispose: (dispose: () => void) => void disposals.push(dispose) };
    const reporter = make(contribution, around);
    reporter.open?.(RUN, inFolder ? folder : undefined);
    feed(events);
    await reporter.close?.({ interrupted, seconds: 1.5 });
    disposals.reverse().forEach((dispose) => dispose());
    return files;
  };

  describePromises(`reporter ${contribution.id}`, options, (promised) => {
    promised('it reports a run with every event', async () => void (await report(wholeRun)));
    promised('it reports a run that was interrupted before its first step', async () => {
      await report(() => undefined, true, true);
    });
    promised('it reports losses that are not finite', async () => {
      await report((events) => events.emit('progress', { step: 1, epoch: 1, loss: NaN, twinLoss: Infinity }));
    });
    promised('without a folder it writes nothing and does not fail', async () => {
      expect((await report(wholeRun, false)).size).toBe(0);
    });
    promised('it writes inside of the run’s folder', async () => {
      for (const name of (await report(wholeRun)).keys())
        expect(name).not.toMatch(/^(\/|[A-Za-z]:)|\.\.(\/|\\|$)/);
    });
    promised('the same run gives the same files', async () => {
      expect(await report(wholeRun)).toEqual(await report(wholeRun));
    });
  });
}

const RUN: RunDescription = {
  stack: parseStack({
    dataset: { use: 'a/dataset' },
    network: { use: 'a/network' },
    trainer: { use: 'a/trainer' },
    stack: { device: { use: 'a/device' }, mapping: { use: 'a/mapping' } },
  }),
  parts: [],
  layers: [
    { layer: 'dense', kind: 'Dense', matrices: ['dense'], digital: ['bias'] },
    { layer: 'normal', kind: 'BatchNormalization', matrices: [], digital: [] },
  ],
  seed: 1,
  backend: 'cpu',
  versions: {},
  history: { progress: [], epochs: [], snapshots: [], wires: [], warnings: [] },
};

function wholeRun(events: Events): void {
  const matrix = {
    name: 'dense',
    inputs: 2,
    outputs: 2,
    tileRows: 1,
    tileColumns: 1,
    histogram: { gMin: 1e-6, gMax: 1e-5, counts: [1, 2, 1, 0] },
    saturation: { gMin: 0.25, gMax: 0 },
    loss: { rows: 2, columns: 2, values: [0, 0.1, 0.2, 0.3] },
  };
  events.emit('start', { epochs: 1, stepsPerEpoch: 2, step: 0, twin: true });
  events.emit('snapshot', { when: 'before', matrices: [matrix] });
  events.emit('warning', { source: 'testkit', message: 'a warning with "quotes" & <signs>' });
  const report = {
    method: 'exact',
    error: 1e-5,
    errors: { forward: 1e-5 },
    tolerance: 0.01,
    vectors: 4,
    severity: 0.7,
  };
  events.emit('wires', { step: 0, matrix: 'dense', ...report, rejected: [{ method: 'ladder', error: 0.1 }] });
  events.emit('progress', { step: 2, epoch: 1, loss: 0.5, twinLoss: 0.4 });
  const twin = { twinLoss: 0.4, twinTestLoss: 0.45, twinAccuracy: 0.9 };
  events.emit('epoch', { epoch: 1, step: 2, loss: 0.5, testLoss: 0.6, accuracy: 0.8, ...twin });
  events.emit('snapshot', { when: 'after', matrices: [matrix] });
  events.emit('end', { interrupted: false, seconds: 1.5 });
}
