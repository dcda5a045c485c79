import type { LayerPlace } from '@txsim/core';
import { html, type Markup } from '../markup.js';

/** The layers of the network: what of them is on arrays, and what is digital. */
export function layerTable(layers: readonly LayerPlace[] = []): Markup | undefined {
  if (layers.length === 0) return undefined;
  return html`<div class="wide">
      <table>
        <thead>
          <tr>
            ${['Layer', 'Class', 'On arrays', 'Digital'].map((title) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${layers.map(row)}
        </tbody>
      </table>
    </div>
    <p>
      Digital with every matrix are the scaling of its inputs and outputs and the sums over its arrays;
      digital beside the layers are the loss and its gradient.
    </p>`;
}

const row = ({ layer, kind, matrices, digital }: LayerPlace): Markup =>
  html`<tr>
    <th scope="row">${layer}</th>
    <td>${kind}</td>
    <td>${matrices.join(', ') || '–'}</td>
    <td>${matrices.length === 0 ? 'all' : digital.join(', ') || '–'}</td>
  </tr> `;
