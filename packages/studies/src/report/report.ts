import type { Stack, StackPart } from '@txsim/core';
import { figure, html, page, provenanceTable, render, section, stackTable, type Drawn, type Markup, type Plot } from '@txsim/plugin-report-html'; // prettier-ignore
import { elementaryEffects } from '../analysis/elementary-effects.js';
import { mainEffects } from '../analysis/main-effects.js';
import { summarise, type PointSummary } from '../analysis/point-summary.js';
import type { StudyPlan } from '../plan.js';
import type { Outcome } from '../result.js';
import { attributionPlot } from './attribution-plot.js';
import { axisPlot } from './axis-plot.js';
import { heatMap } from './heat-map.js';
import { labelPlot } from './label-plot.js';
import { costsOf, paretoPlot } from './pareto-plot.js';
import { morrisPlot, rankingPlot } from './ranking-plot.js';
import { failures, headline, machines, pointTable } from './sections.js';

/** What a report tells of. */
export interface StudyRecord {
  readonly name: string;
  readonly plan: StudyPlan;
  readonly outcomes: readonly Outcome[];
  /** The stack with what the study sets for all points, and its parts. */
  readonly stack: Stack;
  readonly parts: readonly StackPart[];
  /** Plugin name → version. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The page, and its plots as files of their own: SVG, and the vega-lite specification. */
export interface StudyReport {
  readonly page: string;
  readonly files: readonly (readonly [name: string, content: string])[];
}

/** Makes the report of a study, however far it came. */
export async function studyReport(record: StudyRecord): Promise<StudyReport> {
  const { plan, outcomes } = record;
  const points = summarise(plan, outcomes);
  const groups = {
    axes: await draw([
      attributionPlot(points),
      labelPlot(points),
      ...plan.axes.map(({ name }) => axisPlot(name, plan, points)),
    ]),
    pairs: await draw(pairsOf(plan).map((pair) => heatMap(pair, plan, points))),
    sensitivity: await draw(sensitivityPlots(plan, points)),
    pareto: await draw(costsOf(points).map((cost) => paretoPlot(cost, points))),
  };
  const drawn = Object.values(groups).flat();
  const title = plan.study.title ?? `Study: ${record.name}`;
  return {
    page: page(title, contents(title, record, points, groups)),
    files: drawn.flatMap(({ plot, svg }) => [
      [`plots/${plot.name}.svg`, svg] as const,
      [`plots/${plot.name}.vl.json`, `${JSON.stringify(plot.spec, null, 2)}\n`] as const,
    ]),
  };
}

type Groups = Readonly<Record<'axes' | 'pairs' | 'sensitivity' | 'pareto', readonly Drawn[]>>;

function contents(
  title: string,
  { plan, outcomes, stack, parts, versions }: StudyRecord,
  points: readonly PointSummary[],
  { axes, pairs, sensitivity, pareto }: Groups,
): Markup {
  const { expected } = plan.study;
  return html`<header>
      <h1>${title}</h1>
      <p class="subtitle">
        ${stack.network.use} on ${stack.dataset.use}, trained on ${stack.stack.device.use} devices.
      </p>
    </header>
    ${headline(plan, points, outcomes)}
    ${typeof expected === 'string' && html`<p class="remark">Expected: ${expected}</p>`} ${failures(outcomes)}
    ${section('Accuracy', figures(axes))} ${section('Pairs', figures(pairs))}
    ${section('Sensitivity', figures(sensitivity))} ${section('Pareto', figures(pareto))}
    ${section('Points', pointTable(plan, points))} ${section('Stack', stackTable({ stack, parts }))}
    ${section('Machine', machines(outcomes))}
    ${section('Versions', provenanceTable(Object.entries(versions)))}`;
}

const figures = (drawn: readonly Drawn[]): Markup | undefined =>
  drawn.length === 0 ? undefined : html`<div class="plots">${drawn.map(figure)}</div>`;

async function draw(wanted: readonly (Plot | undefined)[]): Promise<Drawn[]> {
  const drawn: Drawn[] = [];
  for (const plot of wanted) if (plot) drawn.push({ plot, svg: await render(plot) });
  return drawn;
}

const pairsOf = ({ axes }: StudyPlan): (readonly [string, string])[] =>
  axes.flatMap(({ name }, i) => axes.slice(i + 1).map((other) => [name, other.name] as const));

function sensitivityPlots(plan: StudyPlan, points: readonly PointSummary[]): (Plot | undefined)[] {
  const names = plan.axes.map(({ name }) => name);
  const { design } = plan.study;
  if (typeof design !== 'object' || design.kind !== 'morris') return [rankingPlot(mainEffects(plan, points))];
  const trajectory = points.map(({ point, accuracy }) => ({
    trajectory: point.trajectory!,
    place: point.place!,
    value: accuracy.mean,
  }));
  return [morrisPlot(names, elementaryEffects(trajectory, names.length))];
}
