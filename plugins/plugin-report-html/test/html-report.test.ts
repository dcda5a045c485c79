import type { RunDescription } from '@txsim/core';
import { beforeAll, describe, expect, it } from 'vitest';
import plugin, { REPORT_FILE } from '../src/index.js';
import { MemoryFolder, openReport, play, sampleMatrix, sampleRun, type SampleOptions } from './sample-run.js';
import { readMarkup } from './well-formed.js';

const FINISHED = { interrupted: false, seconds: 83.2 };

interface Making {
  readonly run?: RunDescription;
  readonly result?: { interrupted: boolean; seconds: number };
  readonly feed?: (events: ReturnType<typeof openReport>['events']) => void;
}

async function make({ run = sampleRun(), result = FINISHED, feed = (events) => play(events) }: Making = {}) {
  const folder = new MemoryFolder();
  const { events, reporter } = openReport(run, folder);
  feed(events);
  await reporter.close?.(result);
  const page = folder.files.get(REPORT_FILE)!;
  const { elements, text } = readMarkup(
    page.replace(/<style>[^]*?<\/style>/, '').replace(/<\/t[dh]>/g, ' $&'),
  );
  return { folder, page, elements, words: text.replace(/\s+/g, ' ') };
}

const sample = (options: SampleOptions, making: Making = {}) =>
  make({ ...making, feed: (events) => play(events, options) });

describe('the report of a whole run', () => {
  let whole: Awaited<ReturnType<typeof make>>;
  beforeAll(async () => {
    whole = await make();
  });

  it('gives the headline numbers', async () => {
    const { words } = whole;
    expect(words).toContain('Accuracy 90.3 %');
    expect(words).toContain('Digital twin 94.8 %');
    expect(words).toContain('Difference −4.5 points');
    expect(words).toContain('Test loss 0.287 nats');
    expect(words).toContain('Epochs 3 ');
    expect(words).toContain('Time 1 min 23 s');
  });

  it('gives the numbers of every epoch', async () => {
    const { page } = whole;
    const rows = [...page.matchAll(/<tr>\s*((?:<td>[^<]*<\/td>\s*)+)<\/tr>/g)].map((row) =>
      [...row[1]!.matchAll(/<td>([^<]*)<\/td>/g)].map((cell) => cell[1]),
    );
    expect(rows).toEqual([
      ['1', '600', '0.8', '0.62', '85.0 %', '0.5', '0.36', '91.5 %'],
      ['2', '1200', '0.45', '0.37', '89.0 %', '0.25', '0.21', '94.0 %'],
      ['3', '1800', '0.3333', '0.2867', '90.3 %', '0.1667', '0.16', '94.8 %'],
    ]);
  });

  it('tells the stack in the order of the file, with units', async () => {
    const { words } = whole;
    const parts = [
      'Data set mnist',
      'Network mlp units 256, 128, activation relu',
      'Device device-models/asymmetric-nonlinear gMin 1 µS, gMax 10 µS, nu 0.1',
      'Mapping mapping/differential-pair rows 64, columns 64, subtract analog',
      'Input converter (DAC) circuit-models/uniform-dac bits 8, scale absMax, readVoltage 0.2',
      'Output converter (ADC) circuit-models/uniform-adc bits 8, range calibrate 0.999',
      'Wires wire-resistance/wire-resistance row 2.5 Ω, column 2.5 Ω, source 500 Ω, sink 100 Ω',
      'Non-ideality device-variation sigma 0.1',
      'Non-ideality write-noise (left out) gamma 3',
      'Trainer trainers/sgd learningRate 0.1, batchSize 16, epochs 3',
    ];
    const places = parts.map((part) => words.indexOf(part));
    expect(places.filter((place) => place < 0)).toEqual([]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(words).toContain('Through the arrays: forward, backward. Computed exactly: update.');
    expect(words).toContain('Ideal, because the stack names none: driver circuit, sense circuit.');
  });

  it('tells of each layer what is on arrays and what is digital', async () => {
    const { words } = whole;
    expect(words).toContain(
      'Layer Class On arrays Digital dense_1 Dense dense_1 bias, relu drop Dropout – all dense_2 Dense dense_2 – Digital with every matrix are',
    );
  });

  it('gives what is needed to run it again, and no date', async () => {
    const { words } = whole;
    expect(words).toContain('Seed 7');
    expect(words).toContain('Backend wasm');
    expect(words).toContain('@txsim/plugin-wire-resistance 0.2.3');
    expect(words).not.toMatch(/\d{4}-\d\d-\d\d|\d\d:\d\d/);
  });

  it('draws accuracy, losses, and two plots per matrix, each with a label and as a file', async () => {
    const { folder, elements, page } = whole;
    const names = [...folder.files.keys()].filter((name) => name !== REPORT_FILE);
    expect(names).toEqual([
      'plots/accuracy.svg',
      'plots/loss.svg',
      'plots/training-loss.svg',
      ...[1, 2, 3].flatMap((i) => [
        `plots/conductances-${i}-dense-${i}.svg`,
        `plots/loss-map-${i}-dense-${i}.svg`,
      ]),
    ]);
    expect(elements.filter((e) => e === 'svg')).toHaveLength(names.length);
    expect([...page.matchAll(/<svg role="img" aria-label="[^"]+"/g)]).toHaveLength(names.length);
  });

  it('draws in siemens with prefix and in percent', async () => {
    const { folder } = whole;
    const texts = (name: string) => readMarkup(folder.files.get(name)!).text;
    expect(texts('plots/conductances-1-dense-1.svg')).toContain('conductance, µS');
    expect(texts('plots/conductances-1-dense-1.svg')).toContain('before trainingafter training');
    expect(texts('plots/loss-map-1-dense-1.svg')).toContain('1 − Geff/G, %');
  });

  it('says how far the conductances moved', async () => {
    const { words } = whole;
    expect(words).toContain('Mean before training 5.5 µS, after training 4.2 µS.');
  });

  it('is well-formed, and so is every plot', async () => {
    const { folder } = whole;
    for (const content of folder.files.values()) expect(() => readMarkup(content)).not.toThrow();
  });

  it('loads nothing and runs nothing', async () => {
    const { page, elements } = whole;
    expect(page).not.toMatch(/https?:|\s(?:src|href|xlink:href)=|@import|url\((?!#)/);
    for (const element of ['script', 'link', 'iframe', 'img', 'image', 'foreignObject']) {
      expect(elements).not.toContain(element);
    }
  });

  it('names every id once', async () => {
    const { page } = whole;
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    const used = [...page.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(used.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('is the same every time', async () => {
    const [first, second] = [whole, await make()];
    expect([...second.folder.files]).toEqual([...first.folder.files]);
  });
});

describe('the report of an unusual run', () => {
  it('tells of an interruption, and shows what there is', async () => {
    const { words } = await sample(
      { epochs: 1, after: false },
      { result: { interrupted: true, seconds: 30 } },
    );
    expect(words).toContain('Interrupted; the last report is from step 700 of 1800.');
    expect(words).toContain('Epochs 1 of 3');
    expect(words).toContain('Mean before training 5.5 µS.');
    expect(words).toContain('Before training; ');
  });

  it('says so when no epoch was completed', async () => {
    const { words, folder } = await sample({ epochs: 0, after: false });
    expect(words).toContain('No epoch was completed');
    expect(words).toContain('Accuracy –');
    expect(folder.files.has('plots/accuracy.svg')).toBe(false);
    expect(folder.files.has('plots/training-loss.svg')).toBe(true);
  });

  it('is a page when nothing happened at all', async () => {
    const { words } = await make({ feed: () => {} });
    expect(words).toContain('Accuracy –');
  });

  it('marks single epochs with points', async () => {
    const { folder } = await sample({ epochs: 1, planned: 1 });
    expect(folder.files.get('plots/accuracy.svg')).toContain('mark-symbol');
  });

  it('does not speak of a digital twin where there is none', async () => {
    const { page } = await sample({ twin: false });
    expect(page).not.toMatch(/twin/i);
  });

  it('keeps showing a run whose loss is no number any more', async () => {
    const { words, folder } = await make({
      feed: (events) => {
        play(events, { epochs: 1 });
        const lost = { loss: Number.NaN, testLoss: Number.NaN, accuracy: 0.1 };
        events.emit('epoch', { epoch: 2, step: 1200, ...lost });
      },
    });
    expect(words).toContain('NaN');
    expect(folder.files.get('plots/loss.svg')).not.toContain('NaN,');
  });

  it('puts what a checkpoint remembers in front', async () => {
    const epoch = { epoch: 1, step: 600, loss: 0.8, testLoss: 0.7, accuracy: 0.5 };
    const snapshot = { when: 'before' as const, matrices: [sampleMatrix('dense_1', 3)] };
    const history = { progress: [], epochs: [epoch], snapshots: [snapshot], wires: [], warnings: [] };
    const { words } = await make({
      run: { ...sampleRun(), history },
      feed: (events) => {
        events.emit('start', { epochs: 2, stepsPerEpoch: 600, step: 600, twin: false });
        events.emit('snapshot', { when: 'before', matrices: [sampleMatrix('dense_1', 6)] });
        events.emit('epoch', { ...epoch, epoch: 2, step: 1200, accuracy: 0.6 });
      },
    });
    expect(words).toContain('Continued from step 600.');
    expect(words).toMatch(/1 600 0.8 0.7 50.0 % 2 1200 0.8 0.7 60.0 %/);
    expect(words).toContain('Mean before training 3.02 µS.');
  });

  it('lists each warning once, with how often it came', async () => {
    const warning = { source: 'wire-resistance/solver', message: 'did not converge' };
    const { words } = await make({
      feed: (events) => [1, 2, 3].forEach(() => events.emit('warning', warning)),
    });
    expect(words).toContain('wire-resistance/solver: did not converge (3 times)');
  });

  it('says so where the tile loses nothing, instead of drawing it', async () => {
    const matrix = sampleMatrix('dense_1', 5);
    const ideal = { ...matrix, loss: { ...matrix.loss, values: matrix.loss.values.map(() => 0) } };
    const { words, folder } = await make({
      feed: (events) => events.emit('snapshot', { when: 'before', matrices: [ideal] }),
    });
    expect(words).toContain('the tile loses nothing');
    expect(folder.files.has('plots/loss-map-1-dense-1.svg')).toBe(false);
  });

  it('tells how many devices are at the ends of their window, and their pulses where they were counted', async () => {
    const pulses = { total: 4e6, mean: 10, median: 8, quantile99: 41, largest: 95, efficiency: 0.731 };
    const matrices = [sampleMatrix('dense_1', 5), { ...sampleMatrix('dense_2', 5), pulses }];
    const { words } = await make({ feed: (events) => events.emit('snapshot', { when: 'after', matrices }) });
    expect(words).toContain('2.00 % of the devices at gMin, 1.00 % at gMax');
    expect(words).toContain(
      'pulses per device: mean 10.0, median 8.00, 99 % below 41.0, largest 95.0, 73.1 % of what',
    );
  });

  it('averages large tiles in blocks, and leaves out cells without conductance', async () => {
    const large = sampleMatrix('dense_1', 5, 200);
    const loss = { ...large.loss, values: large.loss.values.map((v, i) => (i % 7 === 0 ? Number.NaN : v)) };
    const { words, folder } = await make({
      feed: (events) => events.emit('snapshot', { when: 'after', matrices: [{ ...large, loss }] }),
    });
    expect(words).toContain('Each cell is the mean of 4 × 4 devices.');
    const svg = folder.files.get('plots/loss-map-1-dense-1.svg')!;
    expect(svg).not.toContain('NaN');
    expect(svg.length).toBeLessThan(300_000);
  });

  it('keeps hostile names harmless', async () => {
    const hostile = `../"><script>alert('x')</script>\u0000&`;
    const run = sampleRun();
    const stack = { ...run.stack, dataset: { use: hostile, [hostile]: hostile } };
    const { elements, page, folder } = await make({
      run: { ...run, stack, backend: hostile, versions: { [hostile]: hostile } },
      feed: (events) => {
        events.emit('warning', { source: hostile, message: hostile });
        events.emit('snapshot', {
          when: 'before',
          matrices: [sampleMatrix(hostile, 5), sampleMatrix('', 5)],
        });
      },
    });
    expect(elements).not.toContain('script');
    expect(page).not.toContain('\u0000');
    expect(
      [...folder.files.keys()].filter((name) => !/^(plots\/)?[a-z0-9-]+\.(svg|html)$/.test(name)),
    ).toEqual([]);
    expect(folder.files.has('plots/conductances-2-matrix.svg')).toBe(true);
  });

  it('says which parts are ideal because they are absent', async () => {
    const run = sampleRun();
    const { device, mapping, nonIdealities } = run.stack.stack;
    const { words } = await make({
      run: { ...run, stack: { ...run.stack, stack: { device, mapping, nonIdealities } } },
      feed: () => {},
    });
    expect(words).toContain(
      'Ideal, because the stack names none: input converter (DAC), output converter (ADC), driver circuit, sense circuit, wires.',
    );
  });

  it('writes nothing where a run has no folder', async () => {
    const { events, reporter } = openReport(sampleRun(), undefined);
    play(events);
    await expect(reporter.close?.(FINISHED)).resolves.toBeUndefined();
  });
});

describe('the plugin', () => {
  it('contributes report-html/html', () => {
    expect(plugin.namespace).toBe('report-html');
    expect(plugin.contributes.map((c) => c.id)).toEqual(['html']);
  });
});
