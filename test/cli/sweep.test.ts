import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { finishedIn, killed, logOf, resultsOf } from './support/sweep.js';
import { fixture, sets, start, temporaryFolder, txsim, type Outcome } from './support/txsim.js';

// Each test starts several processes, which are slow where others compute too.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const STUDY = fixture('study.jsonc');
const sweep = (out: string, file = STUDY): string[] => [
  'sweep',
  file,
  '--out',
  out,
  '--workers',
  '2',
  '--json',
];
const IDS = ['1', '2', '3'].flatMap((point) => [`${point}-seed-1`, `${point}-seed-2`]);

let folder: string;
let whole: Outcome;
const at = (...path: string[]): string => join(folder, ...path);

beforeAll(async () => {
  folder = await temporaryFolder();
  whole = await txsim(folder, ...sweep('whole'));
});

async function expectUndisturbed(name: string): Promise<void> {
  expect(await resultsOf(at(name))).toEqual(await resultsOf(at('whole')));
}

/** The studied file with a change. */
async function changed(name: string, change: (text: string) => string): Promise<string> {
  await writeFile(at(name), change(await readFile(STUDY, 'utf8')));
  return at(name);
}

describe('txsim sweep', () => {
  it('trains each point with each seed, and leaves results and a report', async () => {
    expect(whole.code, whole.stderr).toBe(0);
    expect(JSON.parse(whole.stdout)).toMatchObject({
      points: 3,
      runs: 6,
      finished: 6,
      failed: 0,
      interrupted: false,
    });
    expect((await finishedIn(at('whole'))).sort()).toEqual(IDS);
    const lines = (await readFile(at('whole/results.jsonl'), 'utf8')).trim().split('\n').map((l) => JSON.parse(l) as Record<string, unknown>); // prettier-ignore
    expect(lines.map(({ id }) => id)).toEqual(IDS);
    for (const { accuracy, digitalAccuracy, devices } of lines) {
      expect(accuracy).toBeGreaterThanOrEqual(0);
      expect(digitalAccuracy).toBeGreaterThan(0);
      expect(devices).toBe(2 * (64 * 16 + 16 * 10));
    }
    // Each point and each seed is another run.
    expect(new Set(lines.map(({ loss }) => loss)).size).toBe(6);
    expect(await readFile(at('whole/report.html'), 'utf8')).toContain('ν and γ on digits');
  });

  it('makes nothing again when all is finished', async () => {
    const before = await logOf(at('whole'));
    const { code } = await txsim(folder, ...sweep('whole'));
    expect(code).toBe(0);
    expect(await logOf(at('whole'))).toEqual(before);
  });

  it('goes on after kill -9, repeats no finished run, and ends with the same results to the bit', async () => {
    await killed(folder, sweep('killed'), at('killed'), 1, 0);
    await killed(folder, sweep('killed'), at('killed'), 1, 150);
    const done = await finishedIn(at('killed'));
    expect(done.length).toBeGreaterThanOrEqual(2);
    const { code, stderr } = await txsim(folder, ...sweep('killed'));
    expect(code, stderr).toBe(0);
    await expectUndisturbed('killed');
    const log = await logOf(at('killed'));
    for (const id of IDS) {
      const events = log.filter((line) => line.id === id).map(({ event }) => event);
      expect(events.lastIndexOf('start'), `${id}: ${events.join()}`).toBe(
        events.filter((e) => e === 'start').length - 1,
      );
    }
  });

  it('in two processes on one folder makes no run twice', async () => {
    const one = [...sweep('shared'), '--workers', '1'];
    const [a, b] = await Promise.all([txsim(folder, ...one), txsim(folder, ...one)]);
    expect([a.code, b.code], a.stderr + b.stderr).toEqual([0, 0]);
    const log = await logOf(at('shared'));
    expect(log.filter(({ event }) => event === 'start').map(({ id }) => id).sort()).toEqual(IDS); // prettier-ignore
    await expectUndisturbed('shared');
  });

  it('ends after the batch at Ctrl-C, has a report of what there is, and goes on', async () => {
    const running = start(folder, ...sweep('interrupted'));
    while ((await finishedIn(at('interrupted'))).length === 0)
      await new Promise((done) => setTimeout(done, 5));
    running.process.kill('SIGINT');
    const { code, stdout, stderr } = await running.outcome;
    expect(code, stderr).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: true });
    const told = await txsim(folder, 'report', 'interrupted');
    expect(told.stdout.trim()).toBe('report  interrupted/report.html');
    expect(await readFile(at('interrupted/report.html'), 'utf8')).toContain(' of 6</dd>');
    expect((await txsim(folder, ...sweep('interrupted'))).code).toBe(0);
    await expectUndisturbed('interrupted');
  });

  it('refuses a changed definition, saying what differs, and touches nothing', async () => {
    const file = await changed('other.jsonc', (text) => text.replace('[0.01, 5]', '[0.01, 4]').replace('"bits": 8', '"bits": 4')); // prettier-ignore
    const before = await readFile(at('whole/sweep.json'), 'utf8');
    const { code, stderr } = await txsim(folder, ...sweep('whole', file));
    expect(code).toBe(2);
    expect(stderr).toContain('whole holds a sweep of another definition');
    expect(stderr).toContain('axes.stack.device.nu: was [0.01,5], is [0.01,4]');
    expect(stderr).toContain('stack.stack.adc.bits: was 8, is 4');
    expect(await readFile(at('whole/sweep.json'), 'utf8')).toBe(before);
  });

  it('takes another title as the same sweep', async () => {
    const file = await changed('title.jsonc', (text) => text.replace('ν and γ on digits', 'Another title'));
    expect((await txsim(folder, ...sweep('whole', file))).code).toBe(0);
    expect(await readFile(at('whole/report.html'), 'utf8')).toContain('Another title');
  });

  it('tells what is wrong with any point before it begins', async () => {
    const file = await changed('wrong.jsonc', (text) => text.replace('[0.01, 5]', '[0.01, -5]').replace('"where"', '"wher"')); // prettier-ignore
    const first = await txsim(folder, ...sweep('wrong', file));
    expect(first.code).toBe(2);
    expect(first.stderr).toContain('wher: unknown key. Did you mean "where"?');
    const second = await changed('wrong.jsonc', (text) => text.replace('[0.01, 5]', '[0.01, -5]'));
    const { code, stderr } = await txsim(folder, ...sweep('wrong', second));
    expect(code).toBe(2);
    expect(stderr).toMatch(/stack\.device\.nu: .*\(point 3\)/);
    expect(existsSync(at('wrong'))).toBe(false);
  });

  it('keeps what failed, ends with 1, and makes it again when it is asked to', async () => {
    // LeNet-5 needs images of 16×16 pixels.
    const file = await changed('failing.jsonc', (text) => text.replace('"axes": {', '"axes": { "network": [{ "use": "mlp", "units": [8] }, { "use": "networks/lenet-5" }], ').replace('[0.01, 5]', '[0.1]').replace('[1, 10]', '[3]')); // prettier-ignore
    const { code, stdout, stderr } = await txsim(folder, ...sweep('failing', file));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ finished: 4, failed: 2 });
    expect(stderr).toContain('images [height, width]');
    const starts = async () => (await logOf(at('failing'))).filter(({ event }) => event === 'start').length;
    expect(await starts()).toBe(4);
    await txsim(folder, ...sweep('failing', file), '--retry-failed');
    expect(await starts()).toBe(6);
  });

  it('tells points, runs, time and memory beforehand, and writes nothing', async () => {
    const { code, stdout, stderr } = await txsim(folder, 'sweep', STUDY, '--dry-run', '--json');
    expect(code, stderr).toBe(0);
    const told = JSON.parse(stdout) as { seconds: { all: number }; bytes: { run: number } };
    expect(told).toMatchObject({ points: 3, runs: 6, left: 1, tried: [1, 2, 3] });
    expect(told.seconds.all).toBeGreaterThan(0);
    expect(told.bytes.run).toBeGreaterThan(4 * 2 * (64 * 16 + 16 * 10));
    expect(existsSync(at('sweeps'))).toBe(false);
  });
});

describe('txsim report', () => {
  it('is refused where there is no sweep', async () => {
    const { code, stderr } = await txsim(folder, 'report', 'nowhere');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no sweep here');
  });
});

describe('txsim train --attribute', () => {
  it('tells what each part costs, in each operation', async () => {
    const base = (JSON.parse(await readFile(at('whole/sweep.json'), 'utf8')) as { stack: object }).stack;
    await writeFile(at('stack.json'), JSON.stringify(base));
    const { code, stdout, stderr } = await txsim(folder, 'train', 'stack.json', '--attribute', '--seeds', '1', ...sets('dataset.trainSize=64', 'trainer.epochs=1'), '--json', '--out', 'attributed'); // prettier-ignore
    expect(code, stderr).toBe(0);
    // Nothing; in all of device response, ADC, write noise: 1 + 2·3; in forward and backward the ADC, in update two; each exact.
    expect(JSON.parse(stdout)).toMatchObject({ points: 1 + 7 + 3 + 3 + 5 + 3, failed: 0 });
    const labels = (await readFile(at('attributed/results.jsonl'), 'utf8')).trim().split('\n').map((l) => (JSON.parse(l) as { label: string }).label); // prettier-ignore
    expect(labels).toContain('update: only write-noise');
    expect(labels).toContain('backward: all but adc');
    expect(labels).toContain('all: all but forward');
    expect(await readFile(at('attributed/report.html'), 'utf8')).toContain('What costs what');
  });
});
