import { readFile } from 'node:fs/promises';
import { HAND_WRITTEN } from '../locations.js';
import { printWarning } from '../output/result.js';

/** Three loops over `count` devices; pointers in bytes. */
export type HandWritten = Readonly<
  Record<
    'constantStep' | 'saturating' | 'softBounds',
    (count: number, g: number, request: number, out: number) => void
  >
>;

const OPTIONS = ['--importMemory', '--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd'];

let compiled: Promise<WebAssembly.Module | undefined> | undefined;

/**
 * The loops of `assembly/responses.ts` on some memory; compiled when they are first asked for. Without the AssemblyScript
 * compiler, which is for development, there are none, and a warning says so.
 */
export async function handWritten(memory: WebAssembly.Memory): Promise<HandWritten | undefined> {
  const module = await (compiled ??= compile());
  if (!module) return undefined;
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as HandWritten;
}

async function compile(): Promise<WebAssembly.Module | undefined> {
  const asc = await import('assemblyscript/asc').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    printWarning('assemblyscript is not installed: nothing hand-written to compare device expressions with');
    return undefined;
  });
  if (!asc) return undefined;
  const source = await readFile(HAND_WRITTEN, 'utf8');
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.default.main(['responses.ts', '-o', 'responses.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'responses.ts' ? source : null),
    writeFile: (_, contents) => void (binary = contents as Uint8Array),
    listFiles: () => [],
  });
  if (error) throw new Error(`assembly/responses.ts: ${stderr.toString()}`, { cause: error });
  return WebAssembly.compile(binary! as BufferSource);
}
