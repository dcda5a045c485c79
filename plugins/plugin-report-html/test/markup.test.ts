import { describe, expect, it } from 'vitest';
import { escape, html } from '../src/markup.js';

describe('html', () => {
  it('escapes values, in text and in attributes', () => {
    const hostile = `"><script>alert('x')</script>&`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).not.toMatch(/<script|'x'/);
    expect(html`${'a & b'}`.text).toBe('a &amp; b');
  });

  it('leaves markup as it is, alone and in lists', () => {
    expect(html`${html`<b>0</b>`}${[html`<i>1</i>`, html`<i>${2}</i>`]}`.text).toBe(
      '<b>0</b><i>1</i><i>2</i>',
    );
  });

  it('leaves nothing for undefined and false', () => {
    expect(html`${undefined}${false}${0}`.text).toBe('0');
  });

  it('replaces control characters, which no document may hold', () => {
    expect(escape('a\u0000b\u001bc\td')).toBe('a\ufffdb\ufffdc\td');
  });
});
