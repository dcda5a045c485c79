import { describe, expect, it } from 'vitest';
import { parseFormula, type Names } from '../src/formula/formula.js';

const names: Names = {
  variable: (name) => ({ a: 3, b: 'text' })[name],
  path: (path) => ({ 'stack.device.gMax': 1e-5, 'stack.nonIdealities.write-noise.gamma': 5 })[path],
};
const value = (source: string): unknown => parseFormula(source)(names);

describe('parseFormula', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['8 / 4 / 2', 1],
    ['10 - 4 - 3', 3],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['1e-6 * 10', 1e-5],
    ['.5 + 1.', 1.5],
    ['max(1, $a, 2) + min(4, 5)', 7],
    ['log10(1000) + sqrt(16) + round(2.5)', 10],
    ['1 / {stack.device.gMax}', 1e5],
    ['{stack.nonIdealities.write-noise.gamma}*2', 10],
    ['$a >= 3 && !($a > 3)', true],
    ["$a < 1 || $b == 'text'", true],
    ['$a != 3', false],
    ['1 + 1 == 2', true],
    ['true && false', false],
  ])('%s is %s', (source, expected) => {
    expect(typeof expected === 'number' ? Number((value(source) as number).toPrecision(12)) : value(source)).toBe(expected); // prettier-ignore
  });

  it.each([
    ['1 +', 'ends too early'],
    ['1 2', '"2" is not expected here'],
    ['(1', 'ends too early'],
    ['1 # 2', 'cannot be read at "# 2"'],
    ['maxi(1)', 'Did you mean "max"?'],
    ['a + 1', 'A variable is written $a'],
    ['$b * 2', '* takes numbers, got "text"'],
    ['exit(1)', '"exit" is not known'],
    ['$a.b', 'cannot be read at ".b"'],
  ])('%s is refused: %s', (source, message) => {
    expect(() => value(source)).toThrow(message);
    expect(() => value(source)).toThrow('STUDY_INVALID');
  });
});
