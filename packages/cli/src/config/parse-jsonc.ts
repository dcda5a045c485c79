import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { InputError } from '../output/input-error.js';

/**
 * JSON with comments and trailing commas.
 *
 * @param file for messages
 * @throws InputError with line and column of every syntax error
 */
export function parseJsonc(text: string, file: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
  if (errors.length === 0) return value;
  const problems = errors.map(({ error, offset }) => ({
    message: `${file}:${positionOf(text, offset)}: ${inWords(printParseErrorCode(error))}`,
  }));
  throw new InputError(`${file} is not valid JSON (comments are allowed)`, problems);
}

function positionOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}

/** `CommaExpected` → `comma expected` */
const inWords = (code: string): string =>
  code.replaceAll(/(?<=[a-z])[A-Z]/g, (c) => ` ${c.toLowerCase()}`).toLowerCase();
