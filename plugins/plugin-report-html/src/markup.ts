/** HTML that may stand in a page as it is. Plain strings are not: `html` escapes them. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand between the parts of an `html` template; undefined and false leave nothing. */
export type Content = Markup | string | number | undefined | false | readonly Content[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute. Control characters that HTML forbids become �. */
export const escape = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
    .replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/** A template whose values are escaped, but for those that are markup already. */
export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  new Markup(strings.map((s, i) => s + textOf(values[i])).join(''));

function textOf(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (Array.isArray(content)) return content.map(textOf).join('');
  return escape(String(content));
}
