import { expect, it } from 'vitest';
import { table } from '../../src/output/table.js';

it('aligns columns, and leaves the last as long as it is', () => {
  expect(table([['a', 'bb', 'c'], ['aaa', 'b', 'a long end']], '  ')).toBe('  a    bb  c\n  aaa  b   a long end'); // prettier-ignore
  expect(table([])).toBe('');
});
