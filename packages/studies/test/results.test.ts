import { expect, it } from 'vitest';
import { planStudy } from '../src/plan.js';
import { csv, jsonLines, outcomesOf } from '../src/result.js';
import { shortNames } from '../src/short-names.js';
import { parseStudy } from '../src/study.js';
import { resultsOf } from './results.js';
import { STACK } from './stack.js';

const plan = planStudy(
  parseStudy({ axes: { 'network.units': [[16], [16, 8]] }, seeds: 2, costs: { units: '1' } }),
  STACK,
);
const results = resultsOf(plan, (_, seed) => seed / 10);
results.delete('2-seed-1');
const outcomes = outcomesOf(plan, results);

it('has a line of JSON for each finished run, in the order of the plan', () => {
  const lines = jsonLines(outcomes).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
  expect(lines.map(({ id }) => id)).toEqual(['1-seed-1', '1-seed-2', '2-seed-2']);
  expect(lines[2]).toEqual({ id: '2-seed-2', point: 2, seed: 2, values: { 'network.units': [16, 8] }, costs: { units: 1 }, accuracy: 0.2, digitalAccuracy: 0.97, loss: 0.1, devices: 100, arrays: 1 }); // prettier-ignore
});

it('quotes what a comma-separated file must quote', () => {
  expect(csv(outcomes).split('\r\n')).toEqual([
    'id,point,network.units,seed,accuracy,digitalAccuracy,loss,devices,arrays,units',
    '1-seed-1,1,[16],1,0.1,0.97,0.1,100,1,1',
    '1-seed-2,1,[16],2,0.2,0.97,0.1,100,1,1',
    '2-seed-2,2,"[16,8]",2,0.2,0.97,0.1,100,1,1',
    '',
  ]);
});

it('calls axes by as much of their end as tells them apart', () => {
  const names = ['stack.dac.bits', 'stack.adc.bits', 'stack.device.nu', '$lines'];
  expect([...shortNames(names).values()]).toEqual(['dac.bits', 'adc.bits', 'nu', 'lines']);
});
