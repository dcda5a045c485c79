import { readFile } from 'node:fs/promises';
import { HAND_WRITTEN } from '../locations.js';

/** Three loops over `count` devices; pointers in bytes. */
export type HandWritten = Readonly<
  Record<
    'constantStep' | 'saturating' | 'softBounds',
    (count: number, g: number, request: number, out: number) => void
  >
>;

const OPTIONS = ['--importMemory', '--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd'];

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * The loops of `assembly/responses.ts` on some memory; compiled when they are first asked for.
 *
 * @throws Error if the AssemblyScript compiler, which is for development, is not installed
 */
export async function handWritten(memory: WebAssembly.Memory): Promise<HandWritten> {
  const { exports } = await WebAssembly.instantiate(await (compiled ??= compile()), { env: { memory } });
  return exports as unknown as HandWritten;
}

async function compile(): Promise<WebAssembly.Module> {
  const { default: asc } = await import('assemblyscript/asc');
  const source = await readFile(HAND_WRITTEN, 'utf8');
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['responses.ts', '-o', 'responses.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'responses.ts' ? source : null),
    writeFile: (_, contents) => void (binary = contents as Uint8Array),
    listFiles: () => [],
  });
  if (error) throw new Error(`assembly/responses.ts: ${stderr.toString()}`, { cause: error });
  return WebAssembly.compile(binary! as BufferSource);
}
