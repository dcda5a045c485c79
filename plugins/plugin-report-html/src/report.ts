import type { MatrixSnapshot } from '@txsim/core';
import { html, type Markup } from './markup.js';
import { page, section } from './page.js';
import { accuracyPlot } from './plots/accuracy.js';
import { histogramPlot } from './plots/histogram.js';
import { lossMapPlot } from './plots/loss-map.js';
import { lossPlot } from './plots/loss.js';
import { render, type Plot } from './plots/render.js';
import { trainingLossPlot } from './plots/training-loss.js';
import type { RunRecord } from './record.js';
import { epochTable } from './sections/epochs.js';
import { figure, type Drawn } from './sections/figure.js';
import { headline, remarks } from './sections/headline.js';
import { layerTable } from './sections/layers.js';
import { matrixList } from './sections/matrices.js';
import { provenance } from './sections/provenance.js';
import { stackTable } from './sections/stack.js';
import { warningList } from './sections/warnings.js';
import { wireTable } from './sections/wires.js';

/** A report: the page, and each of its plots as a file of its own. */
export interface Report {
  readonly page: string;
  /** Name, relative to the report, and content. */
  readonly plots: readonly (readonly [name: string, svg: string])[];
}

/** Makes the report of a run, however far it came. */
export async function makeReport(record: RunRecord): Promise<Report> {
  const learning = await draw([
    accuracyPlot(record.epochs),
    lossPlot(record.epochs),
    trainingLossPlot(record.progress),
  ]);
  const arrays = await draw(arrayPlots(record));
  return {
    page: page(titleOf(record), contents(record, learning, arrays)),
    plots: [...learning, ...arrays].map(({ plot, svg }) => [`plots/${plot.name}.svg`, svg]),
  };
}

function contents(record: RunRecord, learning: readonly Drawn[], arrays: readonly Drawn[]): Markup {
  const { run } = record;
  return html`<header>
      <h1>${titleOf(record)}</h1>
      <p class="subtitle">${subtitleOf(record)}</p>
    </header>
    ${headline(record)} ${remarks(record)} ${section('Warnings', warningList(record.warnings))}
    ${section('Learning', plots(learning), epochTable(record.epochs))}
    ${section('Wires', wireTable(record.wires))} ${section('Arrays', matrixList(record), plots(arrays))}
    ${run && section('Layers', layerTable(run.layers))} ${run && section('Stack', stackTable(run))}
    ${run && section('Reproduction', provenance(run))}`;
}

const plots = (drawn: readonly Drawn[]): Markup | undefined =>
  drawn.length === 0 ? undefined : html`<div class="plots">${drawn.map(figure)}</div>`;

async function draw(wanted: readonly (Plot | undefined)[]): Promise<Drawn[]> {
  const drawn: Drawn[] = [];
  for (const plot of wanted) if (plot) drawn.push({ plot, svg: await render(plot) });
  return drawn;
}

/** Two plots per matrix: conductances before and after, and one tile’s losses as late as they are known. */
function arrayPlots({ snapshots: { before = [], after = [] } }: RunRecord): (Plot | undefined)[] {
  return matrices(before, after).flatMap((name, i) => {
    const [was, is] = [before.find((m) => m.name === name), after.find((m) => m.name === name)];
    const file = `${i + 1}-${slug(name)}`;
    return [
      histogramPlot(`conductances-${file}`, was, is),
      lossMapPlot(`loss-map-${file}`, (is ?? was)!, is ? 'after' : 'before'),
    ];
  });
}

const matrices = (...snapshots: (readonly MatrixSnapshot[])[]): string[] => [
  ...new Set(snapshots.flat().map((m) => m.name)),
];

/** A name that is safe in a path and an id; the number before it keeps it unique. */
const slug = (name: string): string =>
  name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40) || 'matrix'; // prettier-ignore

const titleOf = ({ run }: RunRecord): string =>
  run ? `TxSim report: ${run.stack.network.use} on ${run.stack.dataset.use}` : 'TxSim report';

function subtitleOf({ run, start }: RunRecord): string {
  if (!run) return '';
  const twin = start?.twin ? ', beside a digital twin that learns from the same batches' : '';
  return `Trained with ${run.stack.trainer.use} on ${run.stack.stack.device.use} devices${twin}.`;
}
