/**
 * Puts the results of the studies into docs/studies.md: `node scripts/studies.mjs [SWEEPS]`, then `npm run format`.
 * With SWEEPS, the folder in which `txsim sweep studies/NAME.jsonc` has left its folders, results and plots are taken
 * from there first: results to studies/results/, the plots that the page shows to docs/images/studies/. The words around the tables are not
 * touched.
 */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const STUDIES = ['lenet-5', 'resnet', 'resnet-arrays', 'ladder', 'attribution'];
/** How a study's results are told, where not along its axes. */
const TABLES = { ladder, attribution };
const [sweeps] = process.argv.slice(2);
const page = join(root, 'docs/studies.md');
let text = await readFile(page, 'utf8');
if (sweeps) for (const name of STUDIES) await take(name, join(sweeps, name));
for (const name of STUDIES) {
  const runs = await readRuns(name);
  text = text.replaceAll(
    new RegExp(`(<!-- ${name} (\\S+) -->)[\\s\\S]*?(<!-- end -->)`, 'g'),
    (_, begin, what, end) => `${begin}\n\n${(TABLES[name] ?? alongAxis)(runs, what)}\n\n${end}`,
  );
}
await writeFile(page, text);

async function take(name, folder) {
  await mkdir(join(root, 'studies/results'), { recursive: true });
  await mkdir(join(root, 'docs/images/studies'), { recursive: true });
  await copyFile(join(folder, 'results.jsonl'), join(root, `studies/results/${name}.jsonl`));
  for (const plot of await readdir(join(folder, 'plots'))) {
    if (text.includes(`images/studies/${name}-${plot}`))
      await copyFile(join(folder, 'plots', plot), join(root, `docs/images/studies/${name}-${plot}`));
  }
}

async function readRuns(name) {
  const lines = await readFile(join(root, `studies/results/${name}.jsonl`), 'utf8');
  return lines.trim().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
}

function mean(values) {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
function deviation(values) {
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1));
}
function percent(fraction) {
  return (100 * fraction).toFixed(1);
}
/** Mean difference of two points with its standard error, taken seed by seed. */
function difference(runs, others) {
  const differences = runs.map((run, i) => run.accuracy - others[i].accuracy);
  const error = deviation(differences) / Math.sqrt(differences.length);
  return `${percent(mean(differences))} ± ${percent(error)}`;
}

function pointsOf(runs) {
  const points = new Map();
  for (const run of runs) points.set(run.point, [...(points.get(run.point) ?? []), run]);
  return [...points.values()];
}

/** Limits of the window as the resistances that the paper speaks of. */
function valueInWords(axis, value) {
  if (axis === 'stack.device.gMax')
    return `Rmin ${(1e-3 / value).toFixed(0)} kΩ, on/off ${(value / 1e-6).toFixed(0)}`;
  if (axis === 'stack.device.gMin')
    return `Rmax ${(1e-3 / value).toFixed(0)} kΩ, on/off ${(1e-5 / value).toFixed(0)}`;
  return value;
}

/** One axis at a time: the points that differ from the first one in this axis alone. */
function alongAxis(runs, axis) {
  const points = pointsOf(runs);
  const [base] = points;
  const along = points.filter(([run]) =>
    Object.entries(run.values).every(([name, value]) => name === axis || value === base[0].values[name]),
  );
  along.sort(([a], [b]) => (a.values[axis] < b.values[axis] ? -1 : 1));
  const rows = along.map((point) => {
    const accuracies = point.map((run) => run.accuracy);
    const change = point === base ? '' : difference(point, base);
    const cells = [
      valueInWords(axis, point[0].values[axis]),
      percent(mean(accuracies)),
      percent(deviation(accuracies)),
      change,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| value | accuracy, % | ± seeds | against the base, points |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
}

/** Accuracy ± seeds of each pair of values of two axes. */
function ladder(runs) {
  const [rows, columns] = Object.keys(runs[0].values);
  const values = (axis) => [...new Set(runs.map((run) => run.values[axis]))];
  const cell = (row, column) => {
    const found = runs.filter((run) => run.values[rows] === row && run.values[columns] === column);
    const accuracies = found.map((run) => run.accuracy);
    return `${percent(mean(accuracies))} ± ${percent(deviation(accuracies))}`;
  };
  const head = `| lines of an array | ${values(columns).map((v) => `${v} Ω per segment, %`).join(' | ')} |`; // prettier-ignore
  const lines = values(rows).map((row) => `| ${row} | ${values(columns).map((v) => cell(row, v)).join(' | ')} |`); // prettier-ignore
  return [head, `|---|${'---|'.repeat(values(columns).length)}`, ...lines].join('\n');
}

/** What each part costs in a context, alone and in company. */
function attribution(runs, context) {
  const points = new Map(pointsOf(runs).map((point) => [point[0].label, point]));
  const [nothing, everything] = [points.get('nothing'), points.get(`${context}: everything`)];
  const parts = [...points.keys()].filter((label) => label.startsWith(`${context}: only `)).map((label) => label.slice(`${context}: only `.length)); // prettier-ignore
  const rows = parts.map((part) => {
    const alone = difference(nothing, points.get(`${context}: only ${part}`));
    const company = difference(points.get(`${context}: all but ${part}`), everything);
    return `| ${part} | ${alone} | ${company} |`;
  });
  const others = points.get(`all: all but ${context}`);
  const all = `| everything | ${difference(nothing, everything)} | ${others ? difference(others, points.get('all: everything')) : ''} |`;
  return ['| part | alone, points | in company, points |', '|---|---|---|', ...rows, all].join('\n');
}
