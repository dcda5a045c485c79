import type { TopLevelSpec } from 'vega-lite';
import { escape } from '../markup.js';

/** Okabe and Ito's colours, which people with any colour vision tell apart. */
export const COLOURS = { blue: '#0072B2', vermilion: '#D55E00', orange: '#E69F00', grey: '#666666' } as const;

/** How the two networks of a run are called and drawn in every plot. */
export const NETWORKS = ['analog', 'digital twin'] as const;

/** A colour scale for those of the two that a plot shows, so that its legend names no other. */
export function networkColours(values: readonly { readonly network: string }[]) {
  const domain = NETWORKS.filter((network) => values.some((v) => v.network === network));
  return { domain, range: domain.map((network) => NETWORK_COLOUR[network]) };
}

const NETWORK_COLOUR = { analog: COLOURS.blue, 'digital twin': COLOURS.vermilion } as const;

/** A plot before it is drawn. */
export interface Plot {
  /** The file's name in `plots/`, without suffix; unique in a report. */
  readonly name: string;
  readonly title: string;
  /** What a reader who does not see the plot is told. */
  readonly description: string;
  /** What else should be known of it, under the plot. */
  readonly note?: string;
  /** Whether it takes the width of two others. */
  readonly wide?: boolean;
  readonly spec: TopLevelSpec;
}

const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";

const THEME: TopLevelSpec['config'] = {
  background: '#ffffff',
  font: FONT,
  view: { stroke: null },
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
    gridColor: '#e8e8e8',
    domainColor: '#888888',
    tickColor: '#888888',
    labelColor: '#333333',
    titleColor: '#333333',
  },
  legend: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', orient: 'top', title: null },
  line: { strokeWidth: 2 },
  point: { size: 50, filled: true },
};

/**
 * Draws a plot as an SVG document, without a browser. The same plot gives the same text every time.
 *
 * The plotting libraries are large, so they are loaded when the first plot is drawn.
 */
export async function render({ name, title, description, spec }: Plot): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec: compiled } = vegaLite.compile({ ...spec, config: THEME });
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logLevel: vega.Error });
  try {
    const svg = await view.toSVG();
    return withLabel(withOwnIds(svg, name), `${title}. ${description}`);
  } finally {
    view.finalize();
  }
}

/** Vega counts its ids over the whole process; a report needs them the same every time and apart in one page. */
function withOwnIds(svg: string, name: string): string {
  const ids = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!))];
  const renamed = new Map(ids.map((id, i) => [id, `${name}-${i}`]));
  return svg
    .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${renamed.get(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${renamed.get(id) ?? id})`);
}

const withLabel = (svg: string, label: string): string =>
  svg.replace('<svg ', () => `<svg role="img" aria-label="${escape(label)}" `);
