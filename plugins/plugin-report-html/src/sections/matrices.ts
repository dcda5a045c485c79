import type { MatrixSnapshot } from '@txsim/core';
import { html, type Markup } from '../markup.js';
import type { RunRecord } from '../record.js';

/** The matrices with their sizes, and what the plots below show of them. */
export function matrixList({ snapshots: { before, after } }: RunRecord): Markup | undefined {
  const all = after ?? before ?? [];
  if (all.length === 0) return undefined;
  return html`<p>
      The histograms count all used devices. The maps show one device per cell of one tile: 1 − Geff/G, the
      part of its conductance that does not reach the ends of its lines. Below zero, it conducts more than it
      was set to.
    </p>
    <ul>
      ${all.map(matrix)}
    </ul>`;
}

const matrix = (m: MatrixSnapshot): Markup => {
  const lost = m.loss.values.some((loss) => Number.isFinite(loss) && loss !== 0);
  const size = `${m.inputs} × ${m.outputs} weights on ${m.tileRows} × ${m.tileColumns} tiles`;
  return html`<li>${m.name}: ${size}${!lost && '; the tile loses nothing'}</li> `;
};
