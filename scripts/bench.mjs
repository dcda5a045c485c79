/** Runs every benchmark of the workspace: `npm run bench`, or `npm run bench -- MLP` for those that know the word. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const BENCHES = [
  'packages/simulator/bench/training-step.mjs',
  'plugins/plugin-backend-wasm/bench/kernels.mjs',
];

for (const bench of BENCHES) {
  console.log(`\n${bench}`);
  const { status } = spawnSync(process.execPath, [bench, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
