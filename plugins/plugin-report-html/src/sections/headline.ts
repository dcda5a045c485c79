import { html, type Markup } from '../markup.js';
import type { RunRecord } from '../record.js';
import { duration, percent, plain, points } from '../units.js';

/** The numbers that a reader came for. */
export function headline({ epochs, start, result }: RunRecord): Markup {
  const last = epochs[epochs.length - 1];
  const twin = last?.twinAccuracy;
  return html`<dl class="headline">
    ${number('Accuracy', percent(last?.accuracy), 'main')}
    ${twin !== undefined && number('Digital twin', percent(twin))}
    ${last && twin !== undefined && number('Difference', points(last.accuracy - twin))}
    ${last && number('Test loss', `${plain(last.testLoss, 3)} nats`)}
    ${number('Epochs', epochsOf(last?.epoch ?? 0, start?.epochs))}
    ${result && number('Time', duration(result.seconds))}
  </dl>`;
}

/** That a run was interrupted, continued, or too short to have numbers; nothing for an ordinary one. */
export function remarks({ epochs, start, progress, result }: RunRecord): Markup {
  const step = Math.max(epochs[epochs.length - 1]?.step ?? 0, progress[progress.length - 1]?.step ?? 0);
  const steps = start && start.epochs * start.stepsPerEpoch;
  const texts = [
    result?.interrupted && `Interrupted; the last report is from step ${step}${steps ? ` of ${steps}` : ''}.`,
    start && start.step > 0 && `Continued from step ${start.step}.`,
    epochs.length === 0 && 'No epoch was completed, so there is no accuracy on the test set.',
  ];
  return html`${texts.map((text) => text && html`<p class="remark">${text}</p>`)}`;
}

const number = (name: string, value: string, kind = ''): Markup =>
  html`<div class="${kind}">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

const epochsOf = (done: number, all: number | undefined): string =>
  all === undefined || all === done ? `${done}` : `${done} of ${all}`;
