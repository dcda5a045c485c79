import { beforeAll, expect, it } from 'vitest';
import { fixture, sets, temporaryFolder, txsim } from './support/txsim.js';

let folder: string;
beforeAll(async () => void (folder = await temporaryFolder()));

const train = async (...assignments: string[]) => {
  const { code, stdout, stderr } = await txsim(
    folder,
    'train',
    fixture('pulsed.jsonc'),
    ...sets(...assignments),
    '--json',
  );
  const result = JSON.parse(stdout) as { accuracy: number; digitalAccuracy: number };
  return { code, stderr, ...result };
};

// 200 test images: the standard deviation of an accuracy is at most 0.035, of a difference of two 0.05.
const NEAR = 4.5 * 0.05;

it('pulsed SGD on constant steps learns what the digital twin learns', async () => {
  const { code, stderr, accuracy, digitalAccuracy } = await train();
  expect(code, stderr).toBe(0);
  expect(digitalAccuracy).toBeGreaterThan(0.5);
  expect(Math.abs(accuracy - digitalAccuracy)).toBeLessThan(NEAR);
});

it('pulsed SGD on a published device, all its spreads on, learns', async () => {
  const { code, stderr, accuracy, digitalAccuracy } = await train(
    'stack.device.use=device-models/rpu-baseline',
  );
  expect(code, stderr).toBe(0);
  expect(Math.abs(accuracy - digitalAccuracy)).toBeLessThan(NEAR);
});

it('a mapping that takes no pulses is refused in one message before training', async () => {
  const { code, stdout } = await txsim(
    folder,
    'train',
    fixture('pulsed.jsonc'),
    ...sets('stack.mapping={"use":"mapping/bit-slicing"}'),
    '--json',
  );
  expect(code).toBe(2);
  expect(stdout).toContain('UPDATE_UNSUPPORTED [trainers/pulsed-sgd]');
});
