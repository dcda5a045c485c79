import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset.js';

export default defineConfig(library({ entry: ['src/index.ts', 'src/run.ts'] }));
