import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { CHROMIUM, visit } from './support/browser.js';
import { fixture, temporaryFolder, txsim } from './support/txsim.js';

if (!CHROMIUM)
  console.warn('report-browser: skipped, no chromium is installed (Debian: apt-get install chromium)');

/** Each plot of the page: its name, its size on the screen, and how many marks it has that take room. */
const PLOTS = `[...document.querySelectorAll('figure')].map((figure) => {
  const svg = figure.querySelector('svg');
  const { width, height } = svg.getBoundingClientRect();
  const marks = [...svg.querySelectorAll('.role-mark path, .role-mark line, .role-mark text, .role-mark rect')];
  const drawn = marks.filter((mark) => { const { width, height } = mark.getBoundingClientRect(); return width + height > 0; });
  return { title: figure.querySelector('figcaption').textContent, width, height, marks: drawn.length };
})`;

interface Plot {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly marks: number;
}

it.skipIf(!CHROMIUM)(
  'the report of a sweep opens from a file in a browser without a network, all plots drawn',
  async () => {
    const folder = await temporaryFolder();
    const { code, stderr } = await txsim(folder, 'sweep', fixture('study.jsonc'), '--out', 'sweep', '--json');
    expect(code, stderr).toBe(0);
    const url = pathToFileURL(join(folder, 'sweep/report.html')).href;
    const { complaints, requests, value } = await visit(url, PLOTS);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([url]);
    const plots = value as Plot[];
    const files = (await readdir(join(folder, 'sweep/plots'))).filter((name) => name.endsWith('.svg'));
    expect(plots).toHaveLength(files.length);
    expect(plots.length).toBeGreaterThanOrEqual(4);
    for (const { title, width, height, marks } of plots) {
      expect(Math.min(width, height), title).toBeGreaterThan(50);
      expect(marks, title).toBeGreaterThanOrEqual(2);
    }
  },
);
