/** What is drawn: an array's severity and the errors of the two closed forms. */
interface Point {
  readonly severity: number;
  readonly ladder: number;
  readonly ladder2: number;
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 420, 70, 20, 50, 55];
/** Decades of both axes. */
const X = [-4, 0] as const;
const Y = [-7, 0] as const;
/** Okabe and Ito's colours. */
const COLOURS = { ladder: '#D55E00', ladder2: '#0072B2' } as const;

const along = (value: number, [low, high]: readonly [number, number], from: number, to: number): number => {
  const decades = Math.min(Math.max(Math.log10(value), low), high);
  return Math.round((from + ((to - from) * (decades - low)) / (high - low)) * 10) / 10;
};
const x = (value: number): number => along(value, X, LEFT, WIDTH - RIGHT);
const y = (value: number): number => along(value, Y, HEIGHT - BOTTOM, TOP);

const text = (at: readonly [number, number], content: string, more = ''): string =>
  `<text x="${at[0]}" y="${at[1]}" ${more}>${content}</text>`;
const line = (from: readonly [number, number], to: readonly [number, number], more: string): string =>
  `<line x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}" ${more}/>`;

const decadesOf = ([low, high]: readonly [number, number]): number[] =>
  Array.from({ length: high - low + 1 }, (_, k) => low + k);

const power = (exponent: number): string =>
  exponent === 0 ? '1' : `10<tspan dy="-5" font-size="9">−${-exponent}</tspan>`;

/** |ΔI| / |I| of the closed forms over ρ_b, one point per array, as an SVG document. */
export function errorFigure(points: readonly Point[]): string {
  const grid = [
    ...decadesOf(X).map((e) => line([x(10 ** e), TOP], [x(10 ** e), HEIGHT - BOTTOM], 'stroke="#e8e8e8"')),
    ...decadesOf(Y).map((e) => line([LEFT, y(10 ** e)], [WIDTH - RIGHT, y(10 ** e)], 'stroke="#e8e8e8"')),
    line([LEFT, y(0.01)], [WIDTH - RIGHT, y(0.01)], 'stroke="#666666" stroke-dasharray="4 3"'),
  ];
  const labels = [
    ...decadesOf(X).map((e) => text([x(10 ** e), HEIGHT - BOTTOM + 18], power(e), 'text-anchor="middle"')),
    ...decadesOf(Y).map((e) => text([LEFT - 8, y(10 ** e) + 4], power(e), 'text-anchor="end"')),
    text([(LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14], 'severity ρ_b', 'text-anchor="middle"'),
    text([16, (TOP + HEIGHT - BOTTOM) / 2], 'error |ΔI| / |I|', `text-anchor="middle" transform="rotate(-90 16 ${(TOP + HEIGHT - BOTTOM) / 2})"`), // prettier-ignore
    text([LEFT + 6, y(0.01) - 6], '1 %', 'fill="#666666"'),
  ];
  const forms = (['ladder', 'ladder2'] as const).map((form, k) => {
    const dots = points.map((p) => `<circle cx="${x(p.severity)}" cy="${y(p[form])}" r="2.5"/>`).join('');
    const key = `<circle cx="${LEFT + 10 + 110 * k}" cy="26" r="4" fill="${COLOURS[form]}"/>`;
    return `${key}${text([LEFT + 20 + 110 * k, 30], form)}<g fill="${COLOURS[form]}" fill-opacity="0.6">${dots}</g>`;
  });
  const label = `Error of the closed forms over severity, ${points.length} random arrays; ladder2 is the lower one.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...grid,
    ...labels,
    ...forms,
    '</svg>',
    '',
  ].join('\n');
}
