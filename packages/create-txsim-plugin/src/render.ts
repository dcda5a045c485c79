import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kind } from './kinds.js';

const TEMPLATES = fileURLToPath(new URL('../templates', import.meta.url));

const MANIFEST = 'package.json';

/** Replaced in names and texts of the templates: `__package__` and the like. */
export type Words = Readonly<Record<`__${string}__`, string>>;

/**
 * The files of a new plugin, path → text: those that every plugin has, then those of its kind. `about.md` of a kind
 * becomes the word `__about__`, its package.json is added to that of all. A leading underscore stands for the dot that npm
 * would not publish.
 */
export function renderTemplate(kind: Kind, words: Words): Map<string, string> {
  const common = filesIn(join(TEMPLATES, 'common'));
  const own = filesIn(join(TEMPLATES, kind));
  const about = fill(own.get('about.md') ?? '', words).trim();
  own.delete('about.md');
  const manifest = own.get(MANIFEST);
  if (manifest !== undefined) own.set(MANIFEST, merged(common.get(MANIFEST)!, manifest));
  return new Map(
    [...common, ...own].map(([path, text]) => [
      fill(path, words).replaceAll(/(^|\/)_(?=[a-z])/g, '$1.'),
      fill(text, { ...words, __about__: about }),
    ]),
  );
}

function filesIn(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

/** One package.json with the entries of another added to its sections. */
function merged(base: string, added: string): string {
  const sections = JSON.parse(base) as Record<string, unknown>;
  for (const [name, section] of Object.entries(JSON.parse(added) as Record<string, object>))
    sections[name] = { ...(sections[name] as object), ...section };
  return `${JSON.stringify(sections, null, 2)}\n`;
}

const fill = (text: string, words: Words): string =>
  text.replaceAll(/__[a-zA-Z]+__/g, (word) => {
    const found = words[word as keyof Words];
    if (found === undefined) throw new Error(`the template has the word ${word}, which means nothing`);
    return found;
  });
