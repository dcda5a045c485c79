import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareSweep } from '../../src/sweep/prepare-sweep.js';
import { readStudy } from '../../src/sweep/read-study.js';

const FOLDER = resolve('studies');

describe('the studies of the repository', () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.jsonc')))('%s can be run', async (name) => {
    const { plan } = await prepareSweep(await readStudy(join(FOLDER, name), []));
    expect(plan.runs.length / plan.points.length, 'seeds').toBeGreaterThanOrEqual(3);
    const { expected } = plan.study;
    expect(Object.keys(expected ?? {}).sort(), 'each axis says what is expected of it').toEqual(
      plan.axes.map((axis) => axis.name).sort(),
    );
  });
});
