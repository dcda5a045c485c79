import type { RunDescription, Stack, StackPart, Use } from '@txsim/core';
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
  cell: 'Curve of the cells',
  compensation: 'Compensation of drift',
  wire: 'Wires',
  speedup: 'Speed-up',
  updateRule: 'Update rule',
  nonIdealities: 'Non-ideality',
  trainer: 'Trainer',
  reporters: 'Reporter',
};

/** Parts that are ideal where a stack has none. */
const IDEAL_IF_ABSENT = ['dac', 'adc', 'driver', 'sense', 'wire'] as const;

interface Row {
  /** Key in the stack file. */
  readonly role: string;
  readonly use: Use;
  /** With defaults; undefined where the part is left out. */
  readonly part?: StackPart;
}

/** The parts of a stack with all their parameters, in the order of the file. */
export function stackTable({ stack, parts }: Pick<RunDescription, 'stack' | 'parts'>): Markup {
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
          ${rows(stack, parts).map(row)}
        </tbody>
      </table>
    </div>
    <p>${inWords(stack)}</p>`;
}

function rows(stack: object, parts: readonly StackPart[], prefix = ''): Row[] {
  return Object.entries(stack).flatMap(([role, value]: [string, unknown]) => {
    const path = `${prefix}${role}`;
    if (path === 'stack') return rows(value as object, parts, 'stack.');
    const at = (where: string): StackPart | undefined => parts.find((p) => p.path === where);
    if (Array.isArray(value)) {
      return value.filter(isUse).map((use, i) => ({ role, use, part: at(`${path}.${i}`) }));
    }
    return isUse(value) ? [{ role, use: value, part: at(path) }] : [];
  });
}

const isUse = (value: unknown): value is Use =>
  typeof value === 'object' && value !== null && typeof (value as { use?: unknown }).use === 'string';

function row({ role, use: { use, enabled, ...written }, part }: Row): Markup {
  const entries =
    part?.parameters ?? Object.entries(written).map(([key, value]) => ({ key, value, description: '' }));
  const list = entries.map(
    ({ key, value, description }, i) =>
      html`${i > 0 && ', '}<span class="parameter" title="${description}"
          ><b>${key}</b> ${parameter(value, description)}</span
        >`,
  );
  return html`<tr${enabled === false && html` class="off"`}>
    <th scope="row">${ROLES[role] ?? role}</th>
    <td title="${part?.description ?? ''}"><code>${part?.use ?? use}</code>${enabled === false && ' (left out)'}</td>
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
  ]
    .filter(Boolean)
    .join(' ');
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const list = (words: readonly string[]): string => words.join(', ');
