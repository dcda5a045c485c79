import { isNode, loadDawn, type Dawn } from './dawn.js';
import { NoGpu, type Adapter, type Gpu } from './gpu.js';

/**
 * A GPU instance of our own, in Node, kept for good: Dawn lives as long as it is referenced, and crashes where it is
 * collected before what it made. A process ends all the same.
 */
interface Own {
  readonly gpu: Gpu;
  readonly dawn: Dawn;
}

let own: Own | undefined;

interface Navigator {
  gpu?: Gpu;
}

const navigatorOf = (): Navigator | undefined => (globalThis as { navigator?: Navigator }).navigator;

async function ownInstance(): Promise<Own> {
  if (!own) {
    const dawn = await loadDawn();
    own = { dawn, gpu: dawn.create([]) };
  }
  return own;
}

async function findGpu(): Promise<Gpu> {
  const given = navigatorOf()?.gpu;
  if (given) return given;
  if (isNode()) return (await ownInstance()).gpu;
  throw new NoGpu('this page has no WebGPU', 'use a browser that has it, over https or from localhost');
}

/**
 * The adapter that tfjs will run on: `navigator.gpu` where there is one, Dawn in Node.
 *
 * @throws NoGpu if there is no WebGPU here or it finds no adapter
 */
export async function findAdapter(): Promise<Adapter> {
  const gpu = await findGpu();
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter) return adapter;
  const advice = isNode()
    ? "install the graphics driver with Vulkan (Linux: libvulkan1 and the vendor's driver)"
    : "allow graphics acceleration in the browser's settings";
  throw new NoGpu('WebGPU finds no graphics adapter', advice);
}

/** Puts into the global scope what tfjs expects of a page; does nothing where it is. */
export async function installGlobals(): Promise<void> {
  if (navigatorOf()?.gpu) return;
  const { dawn, gpu } = await ownInstance();
  for (const [name, value] of Object.entries(dawn.globals))
    if (!(name in globalThis))
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  if (!navigatorOf())
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true });
  Object.defineProperty(navigatorOf(), 'gpu', { value: gpu, configurable: true });
}

/** Takes our `navigator.gpu` away again; a page's stays. */
export function removeGlobals(): void {
  const navigator = navigatorOf();
  if (own && navigator?.gpu === own.gpu) delete navigator.gpu;
}
