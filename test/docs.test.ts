import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { deviceModel, wireModel } from '@txsim/core';
import { standardPlugins } from '@txsim/simulator';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { members } from './support/house.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'packages', 'plugins', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md') && !/node_modules|dist|fixtures|templates|CHANGELOG/.test(file))
      .map((file) => `${folder}/${file}`),
  ),
];

const blocks = (page: string, language: string): string[] =>
  [...read(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    (match) => match[1]!,
  );

/** The names that links may give to the headings of a page. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.each(pages)('%s', (page) => {
  test('links lead somewhere', () => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
  });

  test('anchors are headings', () => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s:]*)#([^)\s]+)\)/g)];
    const wrong = targets.filter(([, path, anchor]) => {
      const target = path ? join(dirname(page), path) : page;
      // Where GitHub writes two hyphens, the site writes one: such headings have no link that works in both.
      return target.endsWith('.md') && (anchor!.includes('--') || !anchorsOf(read(target)).includes(anchor!));
    });
    expect(wrong.map(([link]) => link)).toEqual([]);
  });

  test('code is well-formed', () => {
    for (const language of ['js', 'ts']) {
      for (const code of blocks(page, language)) {
        const { diagnostics = [] } = ts.transpileModule(code, {
          reportDiagnostics: true,
          compilerOptions: { target: 99, module: 99 },
        });
        expect(diagnostics.map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'))).toEqual([]);
      }
    }
    for (const code of [...blocks(page, 'json'), ...blocks(page, 'jsonc')]) {
      // A part of a stack file may stand without its braces.
      const texts = [code, `{${code}}`];
      expect(texts.some((text) => ts.parseConfigFileTextToJson('block', text).error === undefined)).toBe(
        true,
      );
    }
  });
});

/** What has an equation. */
const PHYSICS = ['deviceModel', 'mapping', 'dac', 'adc', 'driver', 'sense', 'wireModel', 'compensation', 'speedupPolicy', 'nonIdeality', 'updateRule']; // prettier-ignore

test('docs/guides/plugins.md says how much there is to read and to type', () => {
  const text = read('docs/guides/plugins.md');
  const way = text.slice(text.indexOf('## 1.'), text.indexOf('## 4.'));
  const words = way.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length;
  const typed = [...way.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, lines]) => lines).join('').length;
  const told =
    /are (\S+) words with their code, (\S+) minutes .*?, and (\S+) characters of commands, (\S+) minutes/s.exec(
      text,
    )!;
  const minutes = [words / 200, typed / 200].map((m) => m.toFixed(1));
  expect(told.slice(1)).toEqual([`${words}`, minutes[0], `${typed}`, minutes[1]]);
  expect(words / 200 + typed / 200).toBeLessThan(10);
});

test('docs/images/floors.svg has the packages on the floors where they are', () => {
  const drawing = read('docs/images/floors.svg');
  const place = (name: string): number => drawing.search(new RegExp(`[>·] ?${name}( ·|<)`));
  const drawn = members
    .filter(({ folder }) => !folder.includes('plugins'))
    .map(({ manifest, floor }) => [place(manifest.name.replace('@txsim/', '')), floor] as const)
    .sort(([a], [b]) => a - b);
  expect(drawn[0]![0]).toBeGreaterThan(0);
  const floors = drawn.map(([, floor]) => floor);
  expect(floors).toEqual([...floors].sort((a, b) => b - a));
});

describe('docs/physics.md', () => {
  const text = read('docs/physics.md').replace(/\s+/g, ' ');
  // Published devices are models with other numbers; the page says where they are listed.
  const devices = read('packages/device-models/README.md');
  const contributions = standardPlugins
    .flatMap(({ contributes }) => contributes)
    .filter(({ point }) => PHYSICS.includes(point.point));
  const preset = ({ id }: { id: string }): boolean =>
    devices.slice(devices.indexOf('**Published devices**')).includes(`\`${id}\``);

  test.each(contributions)('$id is on it, with its source', (contribution) => {
    const { id, point, citation } = contribution;
    if (point === deviceModel && preset(contribution)) return;
    if (point !== wireModel) expect(text).toMatch(new RegExp(`[\`/]${id}\``));
    const authors = (citation ?? '').match(/\p{Lu}\p{L}+(?= et al| &|, )/gu) ?? [];
    expect(authors.filter((author) => !text.includes(author))).toEqual([]);
  });
});

describe('docs/validation.md', () => {
  const sections = read('docs/validation.md').split(/^## /m).slice(1);

  test.each(sections.map((section) => [section.split('\n')[0]!, section]))(
    '%s is made by a test',
    (title, section) => {
      const tests = [...section.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file]) => file!);
      expect(tests.length).toBeGreaterThan(0);
      for (const file of tests) expect(read(file)).toMatch(new RegExp(`'${title}'|recordTraining\\(`));
    },
  );
});

describe('README', () => {
  const [commands] = blocks('README.md', 'sh');

  test('begins with two commands, and CI runs the second one', () => {
    const lines = commands!.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(read('.ci/run')).toContain(lines[1]);
  });

  test('shows the device of examples/custom-device', () => {
    const shown = blocks('README.md', 'js')[0]!;
    const [example] = /export const saturating[\s\S]*?\n}\);\n/.exec(
      read('examples/custom-device/device.mjs'),
    )!;
    const words = (code: string): string => code.replace(/\/\/.*|\s+/g, '').replace(/,(?=[)}\]])/g, '');
    expect(words(shown)).toBe(words(example));
  });
});

describe('examples', () => {
  test('one tile learns', async () => {
    const { stdout } = await run('node', [join(ROOT, 'examples/one-tile/learn.mjs')]);
    const errors = [...stdout.matchAll(/error ([\d.]+)/g)].map((match) => Number(match[1]));
    expect(errors[0]).toBeGreaterThan(0.4);
    expect(errors.at(-1)).toBeLessThan(0.1);
  });

  test('a network learns on a device of one’s own', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'txsim-')), 'run');
    const command = [
      join(ROOT, 'packages/cli/dist/txsim.js'),
      'train',
      join(ROOT, 'examples/custom-device/stack.jsonc'),
    ];
    const { stdout } = await run('node', [...command, '--out', out, '--json', '--no-twin']);
    expect((JSON.parse(stdout) as { accuracy: number }).accuracy).toBeGreaterThan(0.75);
    expect(existsSync(join(out, 'report.html'))).toBe(true);
  });
});
