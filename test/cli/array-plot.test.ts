import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { temporaryFolder, txsim, txsimWith, type Outcome } from './support/txsim.js';

const ARRAY = {
  conductances: [
    [1e-5, 2e-5, 0],
    [3e-5, 4e-5, 1e-4],
  ],
  voltages: [
    [0.1, 0.2],
    [0.2, -0.2],
  ],
  wire: 20,
};

/** What is written in a picture. */
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)].map((m) => m[1]!);

/** How many cells are coloured in all its maps. */
const cells = (svg: string): number =>
  [...svg.matchAll(/<g class="mark-rect role-mark[\s\S]*?<\/g>/g)]
    .map(([marks]) => marks.match(/<path /g)?.length ?? 0)
    .reduce((a, b) => a + b, 0);

let folder: string;
let root: string;
let count = 0;
beforeAll(async () => {
  root = await temporaryFolder();
});
beforeEach(async () => {
  folder = join(root, String(count++));
  await mkdir(folder);
  await writeFile(join(folder, 'array.json'), JSON.stringify(ARRAY));
});

const plot = (...options: string[]): Promise<Outcome> =>
  txsim(folder, 'array', 'plot', 'array.json', ...options);
const picture = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

it('draws the voltages of the nodes of word lines and bit lines', async () => {
  const { code, stdout } = await plot();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^array-voltage\.svg\n {2}Word-line nodes: .* to 199\.\d mV\n {2}Bit-line nodes: /);
  const svg = await picture('array-voltage.svg');
  expect(svg).toMatch(/^<svg role="img" aria-label="array\.json, voltages\[0\]\. /);
  const expected = [
    'Word-line nodes',
    'Bit-line nodes',
    'word line',
    'bit line',
    'voltage, mV',
    'voltage, µV',
  ];
  expect(texts(svg)).toEqual(expect.arrayContaining(expected));
  expect(cells(svg)).toBe(12);
});

it('draws the currents through the devices under the vector that is asked for', async () => {
  const { stdout } = await plot('--what', 'current', '--vector', '1', '--json');
  const { file, vector, maps } = JSON.parse(stdout) as {
    file: string;
    vector: number;
    maps: { unit: string; least: number; most: number }[];
  };
  expect([file, vector, maps[0]!.unit]).toEqual(['array-current.svg', 1, 'A']);
  expect(maps[0]!.least).toBeCloseTo(-2e-5, 6);
  expect(maps[0]!.most).toBeCloseTo(4e-6, 6);
  expect(texts(await picture('array-current.svg'))).toContain('current, µA');
});

it('draws what part of each conductance is lost, without the open cells, as a page', async () => {
  expect((await plot('--what', 'loss', '--out', 'new/loss.html')).code).toBe(0);
  expect(await readdir(join(folder, 'new'))).toEqual(['loss.html']);
  const page = await picture('new/loss.html');
  expect(page).toMatch(/^<!doctype html>/);
  expect(texts(page)).toEqual(expect.arrayContaining(['1 − Geff/G, %', 'open cells are grey']));
  expect(cells(page)).toBe(5);
});

it('averages large arrays in blocks, and says so', async () => {
  const rows = Array.from({ length: 3 }, () => Array.from({ length: 130 }, () => 1e-5));
  const large = JSON.stringify({ conductances: rows, voltages: [0.2, 0.2, 0.2], wire: 1 });
  const { code } = await txsimWith(large, folder, 'array', 'plot', '-', '--what', 'current');
  expect(code).toBe(0);
  const svg = await picture('array-current.svg');
  expect(texts(svg)).toContain('each cell of the picture is the mean of 2 × 2');
  expect(cells(svg)).toBe(2 * 65);
});

it('overwrites a picture only with --force', async () => {
  await writeFile(join(folder, 'mine.svg'), 'mine');
  const { code, stderr } = await plot('--out', 'mine.svg');
  expect(code).toBe(2);
  expect(stderr).toContain('mine.svg: is there already, and is not overwritten without --force');
  expect(await picture('mine.svg')).toBe('mine');
  expect((await plot('--out', 'mine.svg', '--force')).code).toBe(0);
  expect(await picture('mine.svg')).toContain('<svg');
});

it.each([
  ['a vector that is not there', ['--vector', '2'], '--vector 2: array.json has 2, counted from 0 to 1'],
  ['a vector for the loss', ['--what', 'loss', '--vector', '0'], 'the same for every vector'],
  ['a format that it does not write', ['--out', 'x.png'], '.svg or .html'],
])('refuses %s, and writes nothing', async (_, options, message) => {
  const { code, stderr } = await plot(...options);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(await readdir(folder)).toEqual(['array.json']);
});
