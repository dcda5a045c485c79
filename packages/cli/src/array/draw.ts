import type { TopLevelSpec } from 'vega-lite';
import { heatMap } from './heat-map.js';
import type { CellMap } from './maps.js';

/** Maps side by side and what is said of them. */
export interface Picture {
  readonly title: string;
  /** Under the title, a line each. */
  readonly notes: readonly string[];
  readonly maps: readonly CellMap[];
}

const GREY = '#333333';
const axis = { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', titlePadding: 8 } as const;
const THEME: TopLevelSpec['config'] = {
  background: '#ffffff',
  padding: 12,
  font: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  // Cells without a value show what is behind them.
  view: { fill: '#dddddd', stroke: '#888888' },
  axis: { ...axis, domain: false, tickColor: '#888888', labelColor: GREY, titleColor: GREY },
  legend: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal' },
};

/** Draws a picture as an SVG document, without a browser. The plotting libraries are loaded by the first picture. */
export async function svgOf({ title, notes, maps }: Picture): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec } = vegaLite.compile({
    title: { text: title, subtitle: [...notes], anchor: 'start', subtitleColor: GREY, offset: 12 },
    spacing: 32,
    hconcat: maps.map(heatMap),
    resolve: { scale: { color: 'independent', x: 'independent', y: 'independent' } },
    config: THEME,
  });
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.Error });
  try {
    const svg = await view.toSVG();
    const label = escape([title, ...notes].join('. '));
    return svg.replace('<svg ', () => `<svg role="img" aria-label="${label}" `);
  } finally {
    view.finalize();
  }
}

/** A picture as a page that needs nothing else. */
export async function pageOf(picture: Picture): Promise<string> {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escape(picture.title)}</title></head>
<body style="margin: 0">
${(await svgOf(picture)).replace('<svg ', '<svg style="max-width: 100%; height: auto" ')}
</body>
</html>
`;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
