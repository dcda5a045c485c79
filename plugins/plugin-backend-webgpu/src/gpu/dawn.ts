import { NoGpu, type Gpu } from './gpu.js';

/** The npm package `webgpu`: Dawn, Chromium's implementation of WebGPU, as a Node module. */
export interface Dawn {
  create(options: readonly string[]): Gpu;
  /** `GPUBuffer`, `GPUBufferUsage` and so on, which a page has as globals. */
  readonly globals: Readonly<Record<string, unknown>>;
}

interface NodeProcess {
  readonly versions?: { readonly node?: string };
  readonly env: Readonly<Record<string, string | undefined>>;
}

const nodeProcess = (): NodeProcess | undefined => (globalThis as { process?: NodeProcess }).process;

/** Whether we run in Node. */
export const isNode = (): boolean => nodeProcess()?.versions?.node !== undefined;

/** `webgpu`, or its main file in the folder that the environment variable TXSIM_WEBGPU names. */
function specifier(): string {
  const folder = nodeProcess()?.env['TXSIM_WEBGPU'];
  if (!folder) return 'webgpu';
  const path = folder.replaceAll('\\', '/').replace(/\/?$/, '/index.js');
  return new URL(`file://${path.startsWith('/') ? '' : '/'}${path}`).href;
}

/** @throws NoGpu if the package is not installed or does not load */
export async function loadDawn(): Promise<Dawn> {
  const name = specifier();
  try {
    // A variable keeps bundlers for pages from looking for it.
    return (await import(/* @vite-ignore */ name)) as Dawn;
  } catch (cause) {
    const missing = (cause as { code?: string }).code === 'ERR_MODULE_NOT_FOUND';
    const reason = missing
      ? `the package "${name}" is not installed`
      : `"${name}" does not load: ${String(cause)}`;
    throw new NoGpu(reason, 'npm install webgpu@0.6.2 (130 MB, Dawn for Linux, macOS and Windows)', {
      cause,
    });
  }
}
