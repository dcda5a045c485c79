import {
  duration,
  html,
  percent,
  points as inPoints,
  provenanceTable,
  type Markup,
} from '@txsim/plugin-report-html';
import type { PointSummary } from '../analysis/point-summary.js';
import { grouped } from '../analysis/statistics.js';
import type { StudyPlan } from '../plan.js';
import type { Outcome } from '../result.js';
import { shortNames } from '../short-names.js';
import { valueInWords } from '../value-in-words.js';

/** The numbers that a reader came for. */
export function headline(
  { runs }: StudyPlan,
  points: readonly PointSummary[],
  outcomes: readonly Outcome[],
): Markup {
  const sorted = [...points].sort((a, b) => b.accuracy.mean - a.accuracy.mean);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  const seconds = outcomes.reduce((sum, { made }) => sum + made.seconds, 0);
  return html`<dl class="headline">
    ${number('Runs', outcomes.length === runs.length ? `${runs.length}` : `${outcomes.length} of ${runs.length}`)}
    ${best && number('Best point', percent(best.accuracy.mean), 'main')}
    ${worst && number('Worst point', percent(worst.accuracy.mean))}
    ${best?.digital && number('Digital reference', percent(best.digital.mean))}
    ${best?.digital && number('Best − digital', inPoints(best.accuracy.mean - best.digital.mean))}
    ${number('Computing', duration(seconds))}
  </dl>`;
}

const number = (name: string, value: string, kind = ''): Markup =>
  html`<div class="${kind}">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

/** Runs that failed, and warnings of runs, each once. */
export function failures(outcomes: readonly Outcome[]): Markup | undefined {
  const failed = outcomes.flatMap(({ id, error }) => (error === undefined ? [] : [`${id} failed: ${error}`]));
  const warnings = [...grouped(outcomes.flatMap((o) => o.warnings), (text) => text)]; // prettier-ignore
  const lines = [...failed, ...warnings.map(([text, all]) => `${text} (${all.length} times)`)];
  if (lines.length === 0) return undefined;
  return html`<ul class="warnings">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

/** Every point with its values and what came of it. */
export function pointTable({ axes }: StudyPlan, points: readonly PointSummary[]): Markup {
  const names = axes.map(({ name }) => name);
  const short = shortNames(names);
  const labelled = points.some(({ point }) => point.label !== undefined);
  const heads = ['Point', ...(labelled ? ['Name'] : []), ...names.map((n) => short.get(n)!)];
  const measured = ['Accuracy', '± seeds', 'Seeds', 'Digital', 'Devices'];
  return html`<div class="wide">
    <table class="numbers">
      <thead>
        <tr>
          ${[...heads, ...measured].map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${points.map(
          ({ point, accuracy, digital, devices }) =>
            html`<tr>
              <td>${point.number}</td>
              ${labelled && html`<td>${point.label}</td>`}
              ${names.map((name) => html`<td>${valueInWords(point.values[name])}</td>`)}
              <td>${percent(accuracy.mean)}</td>
              <td>${(100 * accuracy.deviation).toFixed(2)}</td>
              <td>${accuracy.n}</td>
              <td>${digital ? percent(digital.mean) : '–'}</td>
              <td>${devices}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** What the runs were made on; more than one row of a kind where machines were mixed. */
export function machines(outcomes: readonly Outcome[]): Markup {
  const facts = outcomes.map(({ made: { seconds: _, ...rest } }) => Object.entries(rest)).flat();
  const counted = [...grouped(facts, ([key, value]) => `${key}\n${value}`)];
  return provenanceTable(
    counted.map(([key, all]) => {
      const [name, value] = key.split('\n') as [string, string];
      return [name, all.length === outcomes.length ? value : `${value} (${all.length} runs)`];
    }),
  );
}
