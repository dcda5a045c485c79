import type { TopLevelSpec } from 'vega-lite';
import { AXIS, escape, renderSvg } from '../output/render.js';
import { heatMap } from './heat-map.js';
import type { CellMap } from './maps.js';

/** Maps side by side and what is said of them. */
export interface Picture {
  readonly title: string;
  /** Under the title, a line each. */
  readonly notes: readonly string[];
  readonly maps: readonly CellMap[];
}

/** Cells without a value show what is behind them. */
const VIEW: TopLevelSpec['config'] = {
  view: { fill: '#dddddd', stroke: '#888888' },
  axis: { ...AXIS, domain: false },
};

/** Draws a picture as an SVG document. */
export const svgOf = ({ title, notes, maps }: Picture): Promise<string> =>
  renderSvg(
    {
      title: { text: title, subtitle: [...notes] },
      spacing: 32,
      hconcat: maps.map(heatMap),
      resolve: { scale: { color: 'independent', x: 'independent', y: 'independent' } },
      config: VIEW,
    },
    [title, ...notes].join('. '),
  );

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
