/** A plugin package by name, loaded when it is wanted. */
export interface Bundled {
  readonly name: string;
  readonly load: () => Promise<{ readonly default: unknown }>;
}

/** Always there, whatever a stack names. */
export const BUILT_IN: readonly Bundled[] = [
  { name: '@txsim/device-models', load: () => import('@txsim/device-models') },
  { name: '@txsim/circuit-models', load: () => import('@txsim/circuit-models') },
  { name: '@txsim/trainers', load: () => import('@txsim/trainers') },
  { name: '@txsim/plugin-mapping', load: () => import('@txsim/plugin-mapping') },
  { name: '@txsim/plugin-speedup', load: () => import('@txsim/plugin-speedup') },
  { name: '@txsim/plugin-mlp', load: () => import('@txsim/plugin-mlp') },
  { name: '@txsim/plugin-networks', load: () => import('@txsim/plugin-networks') },
  { name: '@txsim/plugin-backend-wasm', load: () => import('@txsim/plugin-backend-wasm') },
  { name: '@txsim/plugin-backend-webgpu', load: () => import('@txsim/plugin-backend-webgpu') },
  { name: '@txsim/plugin-backend-tensorflow', load: () => import('@txsim/plugin-backend-tensorflow') },
  { name: '@txsim/plugin-backend-cpu', load: () => import('@txsim/plugin-backend-cpu') },
  { name: '@txsim/plugin-report-json-lines', load: () => import('@txsim/plugin-report-json-lines') },
  { name: '@txsim/plugin-report-html', load: () => import('@txsim/plugin-report-html') },
  { name: '@txsim/plugin-report-progress', load: () => import('@txsim/plugin-report-progress') },
];

/** Installed with the command line, loaded where a stack names them; `plugins` and `describe` show them too. */
export const SHIPPED: readonly string[] = [
  'mnist',
  'datasets',
  'device-variation',
  'write-noise',
  'limited-levels',
  'read-noise',
  'wire-resistance',
  'cell-curve',
  'stuck-devices',
  'drift',
  'drift-compensation',
  'decay-diffusion',
  'endurance',
  'telegraph-noise',
  'temperature',
];
