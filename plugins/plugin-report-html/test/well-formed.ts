const VOID = new Set(['meta', 'br', 'hr', 'img', 'link', 'input']);

/**
 * Reads HTML or SVG tag by tag.
 *
 * @throws Error at the first tag that is not closed by its own end tag, and at every bare `<`
 * @returns the names of all elements, in order, and the text outside tags
 */
export function readMarkup(source: string): { elements: string[]; text: string } {
  const open: string[] = [];
  const elements: string[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const next = source.indexOf('<', at);
    text += source.slice(at, next < 0 ? undefined : next);
    if (next < 0) break;
    at = next;
    const end = tagEnd(source, at);
    const tag = source.slice(at + 1, end);
    at = end + 1;
    if (tag.startsWith('!')) continue;
    const name = nameOf(tag);
    if (tag.startsWith('/')) {
      const expected = open.pop();
      if (expected !== name) throw new Error(`</${name}> closes <${expected}>`);
      continue;
    }
    elements.push(name);
    if (!tag.endsWith('/') && !VOID.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`);
  return { elements, text };
}

/** The `>` that ends a tag: quoted attribute values may hold others. */
function tagEnd(source: string, start: number): number {
  let quote = '';
  for (let i = start + 1; i < source.length; i++) {
    const c = source[i]!;
    if (quote !== '') quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
    else if (c === '<') throw new Error(`a bare < near ${source.slice(start, start + 40)}`);
    else if (c === '>') return i;
  }
  throw new Error(`a tag without end near ${source.slice(start, start + 40)}`);
}

function nameOf(tag: string): string {
  const body = tag.startsWith('/') ? tag.slice(1) : tag;
  const name = body.split(/[\s/]/)[0] ?? '';
  if (!/^[a-zA-Z][\w:-]*$/.test(name)) throw new Error(`not a tag: <${tag.slice(0, 40)}>`);
  return name;
}
