import { beforeAll, describe, expect, it } from 'vitest';
import { planStudy } from '../src/plan.js';
import { studyReport, type StudyReport } from '../src/report/report.js';
import { outcomesOf } from '../src/result.js';
import { parseStudy, type StudyInput } from '../src/study.js';
import { resultsOf } from './results.js';
import { STACK } from './stack.js';

async function reportOf(input: StudyInput): Promise<StudyReport> {
  const plan = planStudy(parseStudy(input), STACK);
  const results = resultsOf(plan, (v, seed) => 0.9 - 0.05 * (v['stack.device.nu'] ?? 0) - 0.001 * seed);
  const parts = [{ path: 'stack.device', use: 'device-models/asymmetric-nonlinear', description: 'a device', parameters: [] }]; // prettier-ignore
  return studyReport({ name: 'test', plan, outcomes: outcomesOf(plan, results), stack: STACK, parts, versions: { '@txsim/core': '0.1.0' } }); // prettier-ignore
}

const drawn = ({ files }: StudyReport): string[] =>
  files.map(([name]) => name).filter((name) => name.endsWith('.svg'));

describe('the report of a grid', () => {
  let report: StudyReport;
  beforeAll(async () => {
    report = await reportOf({
      title: 'A <grid>',
      axes: { 'stack.device.nu': [0.1, 1], 'trainer.epochs': [1, 2, 3] },
      expected: { 'stack.device.nu': 'less with ν' },
      costs: { effort: '{trainer.epochs}' },
    });
  });

  it('has a plot of each axis, each pair, the ranking and each cost, in the page and as files', () => {
    expect(drawn(report)).toEqual([
      'plots/accuracy-stack-device-nu.svg',
      'plots/accuracy-trainer-epochs.svg',
      'plots/map-stack-device-nu-trainer-epochs.svg',
      'plots/sensitivity.svg',
      'plots/pareto-effort.svg',
    ]);
    expect(report.page.match(/<svg /g)).toHaveLength(5);
    expect(report.files.filter(([name]) => name.endsWith('.vl.json'))).toHaveLength(5);
  });

  it('loads nothing and escapes what people wrote', () => {
    expect(report.page).toContain('A &lt;grid&gt;');
    expect(report.page).not.toMatch(/https?:|<script|<link|<img/);
  });

  it('says what was expected, the stack, the machine and the versions', () => {
    for (const text of [
      'Expected: less with ν',
      'device-models/asymmetric-nonlinear',
      'a cpu',
      '@txsim/core',
    ])
      expect(report.page).toContain(text);
  });
});

it('ranks axes by elementary effects after a Morris design', async () => {
  const axes = { 'stack.device.nu': { from: 0, to: 1 }, $other: { from: 0, to: 1 } };
  const report = await reportOf({ axes, design: { kind: 'morris', trajectories: 3 } });
  expect(drawn(report)).toContain('plots/morris.svg');
  expect(report.page).toContain('µ* in points per length of the axis: nu 5, other 0.');
});

it('draws an attribution', async () => {
  const parts = { wire: { operations: ['forward' as const], off: { 'trainer.epochs': 2 } } };
  expect(drawn(await reportOf({ design: { kind: 'attribution', parts } }))).toEqual(['plots/attribution.svg', 'plots/points.svg']); // prettier-ignore
});

it('draws points of axes without a grid', async () => {
  const axes = { 'stack.device.nu': { from: 0, to: 1 }, $b: { from: 0, to: 1 } };
  const report = await reportOf({ axes, design: { kind: 'latin-hypercube', points: 30 }, seeds: 1 });
  expect(drawn(report)).toEqual(['plots/accuracy-stack-device-nu.svg', 'plots/accuracy-b.svg', 'plots/sensitivity.svg']); // prettier-ignore
});
