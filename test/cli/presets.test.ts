import { presets } from '@txsim/device-models';
import { beforeAll, expect, it } from 'vitest';
import { sets, temporaryFolder, txsim } from './support/txsim.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

it('lists the set-up of the paper and every published device', async () => {
  const { code, stdout } = await txsim(folder, 'presets');
  expect(code).toBe(0);
  const listed = stdout.split('\n').map((line) => line.split(' ')[0]);
  for (const name of ['txsim-paper', ...presets.map(({ id }) => id)]) expect(listed).toContain(name);
});

it('shows one, and suggests the nearest name where there is none', async () => {
  const { stdout } = await txsim(folder, 'presets', 'epiram', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ stack: { device: { use: 'device-models/epiram' } } });
  const { code, stderr } = await txsim(folder, 'presets', 'epirm');
  expect(code).toBe(2);
  expect(stderr).toContain('there is no preset "epirm". Did you mean "epiram"?');
});

it('trains the set-up of the paper by its name, with keys set', async () => {
  const tiny = sets(
    'dataset={"use":"datasets/digits","trainSize":32,"testSize":20}',
    'network={"use":"mlp","units":[8]}',
    'trainer.batchSize=16',
    'stack.dac.bits=4',
  );
  const { code, stdout, stderr } = await txsim(folder, 'train', 'txsim-paper', '--plugin', 'datasets', ...tiny, '--json'); // prettier-ignore
  expect(code, stderr).toBe(0);
  const { stack, loss } = JSON.parse(stdout) as { stack: { stack: object }; loss: number };
  expect(stack.stack).toMatchObject({ dac: { use: 'circuit-models/serial-dac', bits: 4 }, mapping: { slices: 16 } }); // prettier-ignore
  expect(Number.isFinite(loss)).toBe(true);
});
