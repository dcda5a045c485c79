import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sets, temporaryFolder, txsim, txsimWith } from './support/txsim.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

interface Response {
  readonly values: readonly (readonly [number, number])[];
  readonly unit: string;
}

const PULSES = resolve('examples/measured-device/pulses.csv');

describe('device response', () => {
  it('gives the state after each pulse, in weight units where the model is stated in them', async () => {
    const { code, stdout } = await txsim(
      folder,
      ...['device', 'response', 'device-models/soft-bounds', ...sets('dw=0.01')],
      ...['--pulses', '+100,-100', '--from', '0', '--json'],
    );
    expect(code).toBe(0);
    const { values, unit } = JSON.parse(stdout) as Response;
    expect(unit).toBe('weight units');
    expect(values).toHaveLength(201);
    expect(values[0]).toEqual([0, 0]);
    expect(values[100]![1]).toBeCloseTo(0.488255, 6);
    expect(values[200]![1]).toBeCloseTo(-0.397322, 6);
  });

  it('is in siemens elsewhere, and takes trains that begin with a depression', async () => {
    const options = ['--pulses', '-3,+2', '--from', '5e-6', '--json'];
    const { stdout } = await txsim(folder, 'device', 'response', 'device-models/epiram', ...options);
    const { values, unit } = JSON.parse(stdout) as Response;
    expect(unit).toBe('siemens');
    expect(values).toHaveLength(6);
    expect(values[1]![1]).toBeLessThan(5e-6);
  });

  it.each([
    ['a device that is not there', ['device-models/soft-bound'], 'Did you mean "device-models/soft-bounds"?'],
    ['a parameter that is not there', ['device-models/soft-bounds', '--set', 'dv=1'], 'Did you mean "dw"?'],
    ['a state outside of the window', ['device-models/soft-bounds', '--from', '2'], 'the window is -0.6'],
    ['trains that are none', ['device-models/ideal', '--pulses', 'many'], 'Expected counts'],
    [
      'a device that pulses do not change',
      ['device-models/piecewise-step', '--set', 'up=[0]', '--set', 'down=[0]'],
      'a pulse changes nothing in the middle of the window',
    ],
  ])('refuses %s', async (_, options, message) => {
    const { code, stderr } = await txsim(folder, 'device', 'response', ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('device plot', () => {
  it('draws response, bands and symmetry point, and overwrites only with --force', async () => {
    const command = ['device', 'plot', 'device-models/reram-es', '--devices', '20', '--json'];
    const { code, stdout } = await txsim(folder, ...command);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as { file: string; symmetryPoint: number; states: number };
    expect(result.file).toBe('reram-es.svg');
    expect(result.symmetryPoint).toBeGreaterThan(-1);
    expect(result.states).toBeGreaterThan(100);
    const svg = await readFile(join(folder, 'reram-es.svg'), 'utf8');
    expect(svg.match(/mark-area/g)).toHaveLength(2);
    expect(svg).toContain('mark-rule');
    expect((await txsim(folder, ...command)).code).toBe(2);
  });
});

describe('device fit', () => {
  it('fits the example: parameters with intervals, spreads, a plot, and a device for a stack file', async () => {
    const { code, stdout } = await txsim(
      folder,
      ...['device', 'fit', PULSES, '--model', 'soft-bounds', '--plot', 'fit.svg', '--json'],
    );
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as {
      parameters: { key: string; value: number; interval95: [number, number] }[];
      spreads: { readNoise: number };
      pulses: number;
      stack: { device: { use: string; gMin: number } };
    };
    expect(result.pulses).toBe(1800);
    expect(result.parameters.map((p) => p.key)).toEqual(['dw', 'upDown', 'gMin', 'gMax']);
    expect(result.stack.device.use).toBe('device-models/soft-bounds');
    expect(await readFile(join(folder, 'fit.svg'), 'utf8')).toContain('<svg');
    const set = Object.entries(result.stack.device).flatMap(([key, value]) =>
      key === 'use' ? [] : sets(`${key}=${value}`),
    );
    expect((await txsim(folder, 'device', 'response', result.stack.device.use, ...set)).code).toBe(0);
  });

  it('reads standard input, and names the line that is wrong', async () => {
    const data = 'pulse,conductance_uS\n,1\nup,2\n';
    const { code, stderr } = await txsimWith(data, folder, 'device', 'fit', '-', '--model', 'ideal');
    expect(code).toBe(2);
    expect(stderr).toContain('standard input: line 3: expected the pulse set, reset, +1 or -1');
  });
});

it('evaluate --time sees drifted devices where a non-ideality drifts', async () => {
  const stack = join(folder, 'drift');
  const drift = 'stack.nonIdealities=[{"use":"drift/power-law","nu":0.1,"nuDeviceToDevice":1}]';
  const small = sets(
    'dataset.trainSize=320',
    'dataset.testSize=200',
    'network.units=[16]',
    'backend=wasm',
    drift,
  );
  const trained = await txsim(
    folder,
    'train',
    '--plugin',
    'drift',
    ...small,
    '--out',
    stack,
    '--json',
    '--no-twin',
  );
  expect(trained.code, trained.stderr).toBe(0);
  const at = async (...options: string[]) => {
    const { code, stdout, stderr } = await txsim(folder, 'evaluate', stack, ...options, '--json');
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as { loss: number; time?: number };
  };
  const [fresh, year] = [await at(), await at('--time', '31536000')];
  expect(year.time).toBe(31_536_000);
  expect(year.loss).not.toBe(fresh.loss);
});
