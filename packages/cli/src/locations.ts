import { fileURLToPath } from 'node:url';

/** The built-in MNIST example. */
export const EXAMPLE = fileURLToPath(new URL('../examples/mnist.jsonc', import.meta.url));

/** The folder of this package: the second place where plugins and data are looked for. */
export const CLI_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** Device responses written by hand, which `txsim bench` compiles to compare with. */
export const HAND_WRITTEN = fileURLToPath(new URL('../assembly/responses.ts', import.meta.url));

/** What `txsim sweep` starts as processes of their own. */
export const SWEEP_WORKER = fileURLToPath(new URL('../dist/sweep-worker.js', import.meta.url));

/** Stacks that come with the command line. */
export const PRESETS = fileURLToPath(new URL('../presets', import.meta.url));
