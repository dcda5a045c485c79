import type { SimulationEvents } from '@txsim/core';
import { html, type Markup } from '../markup.js';

/** All warnings, each once, with how often it came. */
export function warningList(warnings: readonly SimulationEvents['warning'][]): Markup | undefined {
  if (warnings.length === 0) return undefined;
  const counts = new Map<string, { source: string; message: string; count: number }>();
  for (const { source, message } of warnings) {
    const key = JSON.stringify([source, message]);
    counts.set(key, { source, message, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return html`<ul class="warnings">
    ${[...counts.values()].map(
      ({ source, message, count }) =>
        html`<li><code>${source}</code>: ${message}${count > 1 && ` (${count} times)`}</li> `,
    )}
  </ul>`;
}
