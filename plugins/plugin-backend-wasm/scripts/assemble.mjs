/**
 * Compiles `assembly/` and puts the module, as base64, into `src/generated/kernels.ts`: source and browser need no
 * file access then. `assemble()` gives the text of that file.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = new URL('../src/generated/kernels.ts', import.meta.url);
const options = [
  '--importMemory',
  '--runtime',
  'stub',
  '-O3',
  '--noAssert',
  '--enable',
  'simd',
  '--use',
  'abort=',
];

export async function assemble() {
  const files = new Map();
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '--baseDir', root, '-o', 'kernels.wasm', ...options],
    { writeFile: (name, contents) => void files.set(name, contents) },
  );
  if (error) throw new Error(`asc: ${error.message}\n${stderr.toString()}`);
  const base64 = Buffer.from(files.get('kernels.wasm')).toString('base64');
  return [
    '/* eslint-disable */',
    '// Made by scripts/assemble.mjs from assembly/: do not edit.',
    'export const kernels =',
    `  '${base64}';`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await assemble();
  const before = await readFile(target, 'utf8').catch(() => '');
  if (text !== before) await writeFile(target, text);
}
