import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, txsim } from '../cli/support/txsim.js';

test('LeNet-5 on MNIST, the arrays of the built-in example: above 97 % in 3 epochs, within 15 minutes', async () => {
  const folder = await temporaryFolder();
  const stack = resolve('examples/lenet-5/stack.jsonc');
  const { code, stdout, stderr } = await txsim(folder, 'train', stack, '--no-twin', '--json', '--out', 'lenet');
  expect(code, stderr).toBe(0);
  const { accuracy, epochs, seconds } = JSON.parse(stdout) as Record<'accuracy' | 'seconds', number> & {
    epochs: readonly unknown[];
  };
  console.log(`${(100 * accuracy).toFixed(2)} % in ${seconds.toFixed(0)} s`);
  expect(epochs).toHaveLength(3);
  expect(accuracy).toBeGreaterThan(0.97);
  expect(seconds).toBeLessThan(15 * 60);
});
