import type { EpochMetrics } from '@txsim/core';
import { html, type Markup } from '../markup.js';
import { percent, plain } from '../units.js';

interface Column {
  readonly title: string;
  readonly value: (m: EpochMetrics) => string | undefined;
}

const nats = (loss: number | undefined): string | undefined =>
  loss === undefined ? undefined : plain(loss, 4);

const COLUMNS: readonly Column[] = [
  { title: 'Epoch', value: (m) => `${m.epoch}` },
  { title: 'Steps', value: (m) => `${m.step}` },
  { title: 'Training loss', value: (m) => nats(m.loss) },
  { title: 'Test loss', value: (m) => nats(m.testLoss) },
  { title: 'Accuracy', value: (m) => percent(m.accuracy) },
];

const TWIN_COLUMNS: readonly Column[] = [
  { title: 'Training loss, twin', value: (m) => nats(m.twinLoss) },
  { title: 'Test loss, twin', value: (m) => nats(m.twinTestLoss) },
  { title: 'Accuracy, twin', value: (m) => m.twinAccuracy === undefined ? undefined : percent(m.twinAccuracy) }, // prettier-ignore
];

/** The numbers behind the plots: one row per epoch; columns of the twin where there is one. */
export function epochTable(epochs: readonly EpochMetrics[]): Markup | undefined {
  if (epochs.length === 0) return undefined;
  const columns = [...COLUMNS, ...TWIN_COLUMNS.filter((c) => epochs.some((m) => c.value(m) !== undefined))];
  return html`<div class="wide">
    <table class="numbers">
      <caption>
        Per epoch; losses are mean cross-entropies in nats
      </caption>
      <thead>
        <tr>
          ${columns.map((c) => html`<th scope="col">${c.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${epochs.map(
          (m) =>
            html`<tr>
              ${columns.map((c) => html`<td>${c.value(m) ?? '–'}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
