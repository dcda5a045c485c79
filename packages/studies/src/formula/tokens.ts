/** A piece of a formula, and where it begins. */
export interface Token {
  readonly kind: 'number' | 'text' | 'variable' | 'path' | 'word' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const PATTERN =
  /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|'(?<text>[^']*)'|\$(?<variable>\w+)|\{(?<path>[^{}]+)\}|(?<word>[a-zA-Z]\w*)|(?<sign>&&|\|\||[=!<>]=|[-+*/^()<>!,]))/y;

/** Cuts a formula into its pieces. @param fail called with the place that fits nothing */
export function tokensOf(formula: string, fail: (at: number) => never): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  while (formula.slice(pattern.lastIndex).trim() !== '') {
    const at = pattern.lastIndex;
    const match = pattern.exec(formula) ?? fail(at);
    const [kind, text] = Object.entries(match.groups!).find(([, value]) => value !== undefined)!;
    tokens.push({ kind: kind as Token['kind'], text, at });
  }
  return [...tokens, { kind: 'end', text: '', at: formula.length }];
}
