import { didYouMean, PluginError } from '@txsim/core';
import { tokensOf, type Token } from './tokens.js';

/** What the names of a formula stand for. */
export interface Names {
  /** The value of `$name`. */
  variable(name: string): unknown;
  /** The value of `{path}` in the stack. */
  path(path: string): unknown;
}

/** A formula that was read: its value where names have values. */
export type Formula = (names: Names) => unknown;

const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  exp: Math.exp,
  floor: Math.floor,
  log: Math.log,
  log10: Math.log10,
  log2: Math.log2,
  max: Math.max,
  min: Math.min,
  round: Math.round,
  sqrt: Math.sqrt,
};

const CONSTANTS: Readonly<Record<string, unknown>> = { true: true, false: false, pi: Math.PI };

type Infix = (a: unknown, b: unknown) => unknown;
const ofNumbers =
  (sign: string, f: (a: number, b: number) => unknown): Infix =>
  (a, b) =>
    f(numeric(a, sign), numeric(b, sign));

/** From those that bind least to those that bind most; `^` and prefixes come after. */
const LEVELS: readonly Readonly<Record<string, Infix>>[] = [
  { '||': (a, b) => Boolean(a) || Boolean(b) },
  { '&&': (a, b) => Boolean(a) && Boolean(b) },
  {
    '==': (a, b) => a === b,
    '!=': (a, b) => a !== b,
    '<': ofNumbers('<', (a, b) => a < b),
    '<=': ofNumbers('<=', (a, b) => a <= b),
    '>': ofNumbers('>', (a, b) => a > b),
    '>=': ofNumbers('>=', (a, b) => a >= b),
  },
  { '+': ofNumbers('+', (a, b) => a + b), '-': ofNumbers('-', (a, b) => a - b) },
  { '*': ofNumbers('*', (a, b) => a * b), '/': ofNumbers('/', (a, b) => a / b) },
];

function numeric(value: unknown, sign: string): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`${sign} takes numbers, got ${JSON.stringify(value) ?? 'nothing'}`);
}

/**
 * Reads a formula of numbers, 'texts', `$variables` and `{paths}` of a stack: `+ - * / ^`, comparisons, `&& || !`,
 * brackets, `pi`, and the functions abs, ceil, exp, floor, log, log10, log2, max, min, round, sqrt.
 *
 * @throws PluginError STUDY_INVALID with the place of what is wrong; the formula throws it for a value that does not fit
 */
export function parseFormula(source: string): Formula {
  const fail = (detail: string): never => {
    throw new PluginError('STUDY_INVALID', source, detail);
  };
  const formula = new Parser(source, fail).whole();
  return (names) => {
    try {
      return formula(names);
    } catch (cause) {
      if (cause instanceof PluginError) throw cause;
      return fail((cause as Error).message);
    }
  };
}

class Parser {
  #next = 0;
  readonly #tokens: readonly Token[];

  constructor(
    source: string,
    private readonly fail: (detail: string) => never,
  ) {
    this.#tokens = tokensOf(source, (at) => fail(`cannot be read at "${source.slice(at).trim()}"`));
  }

  whole(): Formula {
    const formula = this.#level(0);
    if (this.#token.kind !== 'end') this.#unexpected();
    return formula;
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #unexpected(): never {
    return this.fail(
      this.#token.kind === 'end' ? 'ends too early' : `"${this.#token.text}" is not expected here`,
    );
  }

  /** Takes the next token if it is this sign. */
  #takes(sign: string): boolean {
    const found = this.#token.kind === 'sign' && this.#token.text === sign;
    if (found) this.#next++;
    return found;
  }

  #expect(sign: string): void {
    if (!this.#takes(sign)) this.#unexpected();
  }

  #level(depth: number): Formula {
    const signs = LEVELS[depth];
    if (!signs) return this.#prefix();
    let left = this.#level(depth + 1);
    for (;;) {
      const infix =
        this.#token.kind === 'sign' && Object.hasOwn(signs, this.#token.text)
          ? signs[this.#token.text]
          : undefined;
      if (!infix) return left;
      this.#next++;
      const [before, right] = [left, this.#level(depth + 1)];
      left = (names) => infix(before(names), right(names));
    }
  }

  #prefix(): Formula {
    if (this.#takes('-')) {
      const value = this.#prefix();
      return (names) => -numeric(value(names), '-');
    }
    if (this.#takes('!')) {
      const value = this.#prefix();
      return (names) => !value(names);
    }
    const base = this.#atom();
    if (!this.#takes('^')) return base;
    const power = this.#prefix();
    return (names) => numeric(base(names), '^') ** numeric(power(names), '^');
  }

  #atom(): Formula {
    if (this.#takes('(')) {
      const inner = this.#level(0);
      this.#expect(')');
      return inner;
    }
    const { kind, text } = this.#token;
    if (kind === 'sign' || kind === 'end') this.#unexpected();
    this.#next++;
    switch (kind) {
      case 'number':
        return () => Number(text);
      case 'text':
        return () => text;
      case 'variable':
        return (names) => names.variable(text);
      case 'path':
        return (names) => names.path(text.trim());
      case 'word':
        return this.#word(text);
    }
  }

  #word(text: string): Formula {
    if (Object.hasOwn(CONSTANTS, text)) return () => CONSTANTS[text];
    const known = Object.keys(FUNCTIONS);
    if (!known.includes(text)) {
      return this.fail(
        `"${text}" is not known.${didYouMean(text, known)} A variable is written $${text}, a path {${text}}.`,
      );
    }
    this.#expect('(');
    const values = [this.#level(0)];
    while (this.#takes(',')) values.push(this.#level(0));
    this.#expect(')');
    return (names) => FUNCTIONS[text]!(...values.map((value) => numeric(value(names), text)));
  }
}
