import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset.js';

export default defineConfig(
  library({ entry: { txsim: 'src/txsim.ts', index: 'src/index.ts', 'sweep-worker': 'src/sweep/worker.ts' } }),
);
