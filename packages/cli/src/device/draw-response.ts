import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { InputError } from '../output/input-error.js';
import { prefixed } from '../output/quantity.js';
import { renderSvg } from '../output/render.js';
import type { ShownDevice } from './load-device.js';

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

/** States over pulses, in one unit. */
export interface ResponsePicture {
  readonly title: string;
  readonly notes: readonly string[];
  readonly unit: ShownDevice['unit'];
  /** The nominal device, before the first and after each pulse. */
  readonly nominal: readonly number[];
  /** Quantiles over a sample of devices: between 5 and 95 %, and between 25 and 75 %. */
  readonly bands?: readonly {
    readonly low: readonly number[];
    readonly high: readonly number[];
    readonly label: string;
  }[];
  readonly symmetryPoint?: number | undefined;
  /** Measured states, each with its pulse. */
  readonly points?: readonly { readonly pulse: number; readonly value: number }[];
}

/** @throws InputError unless a picture may be written under this name */
export function checkPicture(option: string, file: string, force: boolean | undefined): void {
  if (extname(file).toLowerCase() !== '.svg') throw new InputError(`${option} ${file}: must end in .svg`);
  if (!force && existsSync(file))
    throw new InputError(`${file}: is there already, and is not overwritten without --force`);
}

const COLOUR = '#2a5fa5';

/** Draws responses as an SVG document. */
export function drawResponse(picture: ResponsePicture): Promise<string> {
  const { title, notes, unit, nominal, bands = [], points = [], symmetryPoint } = picture;
  const largest = Math.max(...nominal.map(Math.abs));
  const { factor, symbol } =
    unit === 'siemens' ? prefixed(largest, 'S') : { factor: 1, symbol: 'weight units' };
  const y = { type: 'quantitative', title: `${unit === 'siemens' ? 'conductance' : 'state'}, ${symbol}`, scale: { zero: false } } as const; // prettier-ignore
  const x = { field: 'pulse', type: 'quantitative', title: 'pulse' } as const;
  const layers: Layers = [
    ...bands.map(({ low, high }) => ({
      data: { values: low.map((v, pulse) => ({ pulse, low: v / factor, high: high[pulse]! / factor })) },
      mark: { type: 'area' as const, opacity: 0.2, color: COLOUR },
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
    })),
    ...(points.length === 0
      ? []
      : [
          {
            data: { values: points.map(({ pulse, value }) => ({ pulse, value: value / factor })) },
            mark: { type: 'point' as const, size: 8, filled: true, opacity: 0.4, color: '#c25b12' },
            encoding: { x, y: { ...y, field: 'value' } },
          },
        ]),
    {
      data: { values: nominal.map((v, pulse) => ({ pulse, value: v / factor })) },
      mark: { type: 'line', strokeWidth: 2, color: COLOUR },
      encoding: { x, y: { ...y, field: 'value' } },
    },
    ...(symmetryPoint === undefined
      ? []
      : [
          {
            data: { values: [{ value: symmetryPoint / factor }] },
            mark: { type: 'rule' as const, strokeDash: [4, 4], color: '#666666' },
            encoding: { y: { ...y, field: 'value' } },
          },
        ]),
  ];
  return renderSvg(
    { title: { text: title, subtitle: [...notes] }, width: 560, height: 320, layer: layers },
    [title, ...notes].join('. '),
  );
}
