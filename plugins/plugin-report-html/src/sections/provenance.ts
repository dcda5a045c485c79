import type { RunDescription } from '@txsim/core';
import { html, type Markup } from '../markup.js';

/** What is needed to run it again: seed, backend, versions. */
export const provenance = ({ seed, backend, versions }: RunDescription): Markup =>
  provenanceTable([['Seed', String(seed)], ['Backend', backend], ...Object.entries(versions)]);

/** Names and values, one below the other. */
export const provenanceTable = (facts: readonly (readonly [name: string, value: string])[]): Markup =>
  html`<div class="wide">
    <table class="provenance">
      <tbody>
        ${facts.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">
                ${name.startsWith('@') || name.includes('plugin') ? html`<code>${name}</code>` : name}
              </th>
              <td>${value}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
