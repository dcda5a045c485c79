import type { RunDescription } from '@txsim/core';
import { html, type Markup } from '../markup.js';

/** What is needed to run it again: seed, backend, versions. */
export const provenance = ({ seed, backend, versions }: RunDescription): Markup =>
  html`<div class="wide">
    <table class="provenance">
      <tbody>
        <tr>
          <th scope="row">Seed</th>
          <td>${seed}</td>
        </tr>
        <tr>
          <th scope="row">Backend</th>
          <td>${backend}</td>
        </tr>
        ${Object.entries(versions).map(
          ([name, version]) =>
            html`<tr>
              <th scope="row"><code>${name}</code></th>
              <td>${version}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
