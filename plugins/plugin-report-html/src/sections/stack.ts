import type { Stack, Use } from '@txsim/core';
import { html, type Markup } from '../markup.js';
import { parameter } from '../units.js';

/** What the parts of a stack file are called. */
const ROLES: Readonly<Record<string, string>> = {
  dataset: 'Data set',
  network: 'Network',
  device: 'Device',
  mapping: 'Mapping',
  dac: 'Input converter (DAC)',
  adc: 'Output converter (ADC)',
  driver: 'Driver circuit',
  sense: 'Sense circuit',
  wire: 'Wires',
  speedup: 'Speed-up',
  updateRule: 'Update rule',
  nonIdealities: 'Non-ideality',
  trainer: 'Trainer',
  reporters: 'Reporter',
  costs: 'Cost model',
};

/** Parts that are ideal where a stack has none. */
const IDEAL_IF_ABSENT = ['dac', 'adc', 'driver', 'sense', 'wire'] as const;

interface Row {
  /** Key in the stack file. */
  readonly part: string;
  readonly use: Use;
}

/** The parts of a stack with their parameters, in the order of the file. */
export function stackTable(stack: Stack): Markup {
  return html`<div class="wide">
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Contribution</th>
            <th scope="col">Parameters</th>
          </tr>
        </thead>
        <tbody>
          ${rows(stack).map(row)}
        </tbody>
      </table>
    </div>
    <p>${inWords(stack)}</p>`;
}

function rows(stack: object): Row[] {
  return Object.entries(stack).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'stack') return rows(value as object);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.filter(isUse).map((use) => ({ part: key, use }));
  });
}

const isUse = (value: unknown): value is Use =>
  typeof value === 'object' && value !== null && typeof (value as { use?: unknown }).use === 'string';

function row({ part, use: { use, enabled, ...parameters } }: Row): Markup {
  const entries = Object.entries(parameters);
  const list = entries.map(
    ([key, value], i) =>
      html`${i > 0 && ', '}<span class="parameter"><b>${key}</b> ${parameter(key, value, part)}</span>`,
  );
  return html`<tr${enabled === false && html` class="off"`}>
    <th scope="row">${ROLES[part] ?? part}</th><td><code>${use}</code>${enabled === false && ' (left out)'}</td>
    <td>${list.length > 0 ? list : '–'}</td>
  </tr>
  `;
}

/** What the table cannot show: what is absent, and what is computed exactly. */
function inWords({ stack, operations }: Stack): string {
  const absent = IDEAL_IF_ABSENT.filter((key) => stack[key] === undefined).map((key) =>
    lowerFirst(ROLES[key]!),
  );
  const entries = Object.entries(operations ?? {});
  const names = (where: string): string => list(entries.filter(([, w]) => w === where).map(([name]) => name));
  const [analog, digital] = [names('analog'), names('digital')];
  return [
    analog && `Through the arrays: ${analog}.`,
    digital && `Computed exactly: ${digital}.`,
    absent.length > 0 && `Ideal, because the stack names none: ${list(absent)}.`,
    'Parameters that the stack does not name have the defaults of their contribution.',
  ]
    .filter(Boolean)
    .join(' ');
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const list = (words: readonly string[]): string => words.join(', ');
