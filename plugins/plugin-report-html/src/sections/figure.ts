import { html, Markup } from '../markup.js';
import type { Plot } from '../plots/render.js';

/** A plot that was drawn. */
export interface Drawn {
  readonly plot: Plot;
  readonly svg: string;
}

/** A drawn plot with its title above and what it says, in words, below. */
export const figure = ({ plot, svg }: Drawn): Markup =>
  html`<figure${plot.wide && html` class="wide-plot"`}>
    <figcaption><strong>${plot.title}</strong></figcaption>
    ${new Markup(inline(svg))}
    <p class="note">${plot.description}${plot.note && ` ${plot.note}`}</p>
  </figure>`;

/** Inside HTML an SVG needs no namespaces; without them the page names no address at all. */
const inline = (svg: string): string => svg.replace(/ xmlns(:xlink)?="[^"]*"/g, '');
