import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { appears, sets, start, temporaryFolder, TINY, txsim } from './support/txsim.js';

const LONG = [...TINY, ...sets('dataset.trainSize=960', 'trainer.epochs=3'), '--json'];
const FILES = ['metrics.jsonl', 'checkpoint.safetensors'] as const;

let folder: string;
const bytes = (run: string, file: string): Promise<Buffer> => readFile(join(folder, run, file));

async function expectUndisturbed(run: string): Promise<void> {
  for (const file of FILES) {
    expect((await bytes(run, file)).equals(await bytes('undisturbed', file)), `${run}/${file}`).toBe(true);
  }
}

beforeAll(async () => {
  folder = await temporaryFolder();
  const { code, stderr } = await txsim(folder, 'train', ...LONG, '--out', 'undisturbed');
  expect(code, stderr).toBe(0);
});

it('ends after the batch at Ctrl-C and goes on as if nothing had happened', async () => {
  const running = start(folder, 'train', ...LONG, '--out', 'interrupted', '--checkpoint-every', '10');
  await appears(join(folder, 'interrupted/checkpoint.safetensors'));
  running.process.kill('SIGINT');
  const { code, stdout, stderr } = await running.outcome;
  expect(code, stderr).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ interrupted: true });

  const resumed = await txsim(folder, 'train', '--resume', 'interrupted', '--json');
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(JSON.parse(resumed.stdout)).toMatchObject({ interrupted: false });
  await expectUndisturbed('interrupted');
});

it('goes on from the last checkpoint after the process was killed', async () => {
  const running = start(folder, 'train', ...LONG, '--out', 'killed', '--checkpoint-every', '30');
  await appears(join(folder, 'killed/checkpoint.safetensors'));
  // Past the checkpoint, so that there are metrics which it does not know.
  await appears(join(folder, 'killed/metrics.jsonl'));
  running.process.kill('SIGKILL');
  expect((await running.outcome).stdout).toBe('');

  const { code, stderr } = await txsim(folder, 'train', '--resume', 'killed', '--json');
  expect(code, stderr).toBe(0);
  await expectUndisturbed('killed');
});

it('takes more epochs, and no other change', async () => {
  await copyRun('undisturbed', 'longer');
  const { code, stdout } = await txsim(
    folder,
    'train',
    '--resume',
    'longer',
    ...sets('trainer.epochs=4'),
    '--json',
  );
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { epochs: object[] }).epochs).toHaveLength(4);

  const changed = await txsim(
    folder,
    'train',
    '--resume',
    'longer',
    ...sets('stack.adc.bits=4'),
    '--seed',
    '2',
  );
  expect(changed.code).toBe(2);
  expect(changed.stderr).toContain('--set stack.adc.bits=4, --seed 2');
  expect(changed.stderr).toContain('only trainer.epochs may be set');
});

it('names a damaged checkpoint and overwrites nothing', async () => {
  await copyRun('undisturbed', 'damaged');
  const damaged = await bytes('damaged', 'checkpoint.safetensors');
  damaged[damaged.length - 9]! ^= 1;
  await writeFile(join(folder, 'damaged/checkpoint.safetensors'), damaged);
  for (const command of [
    ['train', '--resume', 'damaged'],
    ['evaluate', 'damaged'],
  ]) {
    const { code, stderr } = await txsim(folder, ...command);
    expect(code).toBe(2);
    expect(stderr).toContain('CHECKPOINT_INVALID [damaged/checkpoint.safetensors]');
  }
  expect((await bytes('damaged', 'checkpoint.safetensors')).equals(damaged)).toBe(true);
  expect((await bytes('damaged', 'metrics.jsonl')).equals(await bytes('undisturbed', 'metrics.jsonl'))).toBe(
    true,
  );
});

async function copyRun(from: string, to: string): Promise<void> {
  await mkdir(join(folder, to));
  for (const file of [...FILES, 'run.json']) await copyFile(join(folder, from, file), join(folder, to, file));
}
