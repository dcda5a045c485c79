import { section, text, unsigned, vector } from './bytes.js';
import { PARAMETERS, type Body } from './loop.js';
import { code } from './opcodes.js';

/** A module with one function `run(i32, …)` over the imported memory `env.memory`. */
export function moduleOf(body: Body, count = PARAMETERS): Uint8Array<ArrayBuffer> {
  const parameters = Array.from({ length: count }, () => [code.i32]);
  const locals = [
    [...unsigned(body.i32s), code.i32],
    [...unsigned(body.v128s), code.v128],
  ];
  const functionBody = [...vector(locals), ...body.bytes];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([[code.functionType, ...vector(parameters), 0]])),
    ...section(2, vector([[...text('env'), ...text('memory'), 2, 0, 1]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...text('run'), 0, 0]])),
    ...section(10, vector([[...unsigned(functionBody.length), ...functionBody]])),
  ]);
}
