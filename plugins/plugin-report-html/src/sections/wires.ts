import type { SimulationEvents } from '@txsim/core';
import { html, type Markup } from '../markup.js';
import { plain } from '../units.js';

type Probe = SimulationEvents['wires'];

/** What the probes of the wires found, one row per matrix, and where a method was given up for the next. */
export function wireTable(probes: readonly Probe[]): Markup | undefined {
  if (probes.length === 0) return undefined;
  const matrices = [...new Set(probes.map(({ matrix }) => matrix))];
  const rows = matrices.map((name) => row(probes.filter(({ matrix }) => matrix === name)));
  return html`<p>
      Every so many steps some vectors of the batch were solved exactly. The error is that of the currents
      which converters see, |ΔI| / |I|; the severity ρ_b says how strongly word and bit lines act on each
      other, and above 0.6 most of the current is lost.${curve(probes[0]!)}
    </p>
    <div class="wide">
      <table class="numbers">
        <thead>
          <tr>
            ${[
              'Matrix',
              'Method',
              'Probes',
              'Largest error',
              'Last error',
              'Accepted',
              'Largest severity',
            ].map((title) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${escalations(probes)}`;
}

/** What cells with a curve are, where they have one. */
const curve = ({ bend }: Probe): string =>
  bend === undefined
    ? ''
    : ` Cells have a current–voltage curve that bends up to βV = ${plain(bend, 3)} at the read voltage; the method says how it was treated.`;

function row(probes: readonly Probe[]): Markup {
  const last = probes[probes.length - 1]!;
  const most = (of: (probe: Probe) => number): number => Math.max(...probes.map(of));
  return html`<tr>
    <td>${last.matrix}</td>
    <td>${last.method}</td>
    <td>${String(probes.length)}</td>
    <td>${percent(most(({ error }) => error))}</td>
    <td>${percent(last.error)}</td>
    <td>${percent(last.tolerance)}</td>
    <td>
      ${plain(
        most(({ severity }) => severity),
        3,
      )}
    </td>
  </tr> `;
}

function escalations(probes: readonly Probe[]): Markup | undefined {
  const changed = probes.filter(({ rejected }) => rejected.length > 0);
  if (changed.length === 0) return undefined;
  return html`<ul>
    ${changed.map(({ step, matrix, method, rejected }) => {
      const given = rejected.map((r) => `${r.method} (${percent(r.error)})`).join(', ');
      return html`<li>Step ${String(step)}, ${matrix}: ${given} gave way to ${method}.</li> `;
    })}
  </ul>`;
}

/** Two significant digits: errors span decades. */
const percent = (fraction: number): string => `${plain(100 * fraction, 2)} %`;
