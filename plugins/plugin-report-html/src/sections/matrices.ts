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

/** Saturation and pulses; runs of earlier versions tell neither. */
function devices({ saturation, pulses }: Partial<MatrixSnapshot>): string {
  if (!saturation) return '';
  const ends = `; ${percent(saturation.gMin)} of the devices at gMin, ${percent(saturation.gMax)} at gMax`;
  if (!pulses) return ends;
  const { mean, median, quantile99, largest, efficiency } = pulses;
  const counts = [mean, median, quantile99, largest].map((n) => n.toPrecision(3));
  return `${ends}; pulses per device: mean ${counts[0]!}, median ${counts[1]!}, 99 % below ${counts[2]!}, largest ${counts[3]!}, ${percent(efficiency)} of what they asked for was done`;
}

const percent = (fraction: number): string => `${(100 * fraction).toPrecision(3)} %`;

const matrix = (m: MatrixSnapshot): Markup => {
  const lost = m.loss.values.some((loss) => Number.isFinite(loss) && loss !== 0);
  const size = `${m.inputs} × ${m.outputs} weights on ${m.tileRows} × ${m.tileColumns} tiles`;
  return html`<li>${m.name}: ${size}${!lost && '; the tile loses nothing'}${devices(m)}</li> `;
};
