import type { TopLevelSpec } from 'vega-lite';

const GREY = '#333333';
/** How axes look. */
export const AXIS = {
  labelFontSize: 12,
  titleFontSize: 12,
  titleFontWeight: 'normal',
  titlePadding: 8,
  tickColor: '#888888',
  labelColor: GREY,
  titleColor: GREY,
} as const;
const THEME: TopLevelSpec['config'] = {
  background: '#ffffff',
  padding: 12,
  font: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  axis: AXIS,
  title: { anchor: 'start', subtitleColor: GREY, offset: 12 },
  legend: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal' },
};

/**
 * Draws a specification as an SVG document, without a browser. The plotting libraries are loaded by the first picture.
 *
 * @param label what the picture shows, for those who do not see it
 */
export async function renderSvg(spec: TopLevelSpec, label: string): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const themed = { ...spec, config: { ...THEME, ...spec.config } } as TopLevelSpec;
  const view = new vega.View(vega.parse(vegaLite.compile(themed).spec), {
    renderer: 'none',
    logLevel: vega.Error,
  });
  try {
    const svg = await view.toSVG();
    return svg.replace('<svg ', () => `<svg role="img" aria-label="${escape(label)}" `);
  } finally {
    view.finalize();
  }
}

/** Text as it may stand in markup. */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
