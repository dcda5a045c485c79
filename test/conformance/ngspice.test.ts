import { solveArray } from '@txsim/circuit-models';
import { fillUniform, randomStream } from '@txsim/ops';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { netlistOf } from '../support/netlist.js';

/** Another simulator, where it is installed (Debian: `apt-get install ngspice`). */
const version = spawnSync('ngspice', ['--version'], { encoding: 'utf8' });
const missing = version.error !== undefined;
if (missing) console.warn('ngspice: skipped, since it is not installed; Debian: apt-get install ngspice');

const SIZE = 16;

function uniforms(name: string, count: number, low: number, high: number): number[] {
  const values = new Float32Array(count);
  fillUniform(randomStream(9, 'ngspice', name), 0, 0, values);
  return Array.from(values, (u) => low * (high / low) ** u);
}

function ngspice(netlist: string): number[] {
  const file = join(mkdtempSync(join(tmpdir(), 'ngspice-')), 'array.cir');
  writeFileSync(file, netlist);
  const { stdout } = spawnSync('ngspice', ['-b', file], { encoding: 'utf8' });
  return [...stdout.matchAll(/^i\(vs(\d+)\) = (\S+)/gm)].map((match) => Number(match[2]));
}

test.skipIf(missing).each([0, 1, 2, 3, 4])(
  'random array %i of 16 × 16 with all resistances: every current to 1e-9',
  (seed) => {
    const cells = uniforms(`cells ${seed}`, SIZE * SIZE, 1e-5, 1e-3);
    const conductances = Array.from({ length: SIZE }, (_, i) => cells.slice(i * SIZE, (i + 1) * SIZE));
    const voltages = uniforms(`volts ${seed}`, SIZE, 0.01, 1);
    const [row, column, source, sink] = uniforms(`wires ${seed}`, 4, 1, 50) as [
      number,
      number,
      number,
      number,
    ];
    const found = ngspice(netlistOf(conductances, voltages, { row, column, source, sink }));
    const problem = { conductances, voltages: [voltages], wire: { row, column }, source, sink };
    const expected = solveArray(problem).currents[0]!;
    expect(found).toHaveLength(SIZE);
    found.forEach((current, j) => expect(Math.abs(current / expected[j]! - 1)).toBeLessThan(1e-9));
  },
);
