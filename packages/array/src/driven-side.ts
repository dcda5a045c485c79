import type { Direction, TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { drawConverterParameters } from './converter-parameters.js';
import { ConverterRange } from './converter-range.js';
import { granularStep } from './granular-step.js';
import { InputScaling, scaleOf } from './input-scaling.js';
import { lineReader, type LineReader } from './line-reader.js';
import { NoiseSource } from './noise.js';

/** One direction of a matrix: the converters at both ends of its lines, and how it is read with them. */
export class DrivenSide {
  readonly range: ConverterRange;
  readonly scaling: InputScaling;
  readonly reader: LineReader;
  readonly #converters: Readonly<Record<string, tf.Tensor>> | undefined;

  /** @throws PluginError STACK_INVALID if the ADCs' range asks for steps that inputs or conductances do not have */
  constructor(model: ArrayModel, name: string, grid: TileGrid, direction: Direction, weightRange: number) {
    const { dac, adc, device, mapping } = model;
    const lines = direction === 'forward' ? grid.rows : grid.columns;
    const noise = new NoiseSource(model, [name, direction]);
    this.scaling = new InputScaling(scaleOf(dac, direction));
    const maximal = device.product.gMax * dac.readVoltage * lines;
    const readouts = mapping.readouts.length;
    const conversions = readouts * (dac.cycles?.length ?? 1);
    this.range = new ConverterRange(adc, maximal, () => granularStep(model), conversions);
    const ofConverters = new NoiseSource(model, [name, direction, 'converters']);
    this.#converters = drawConverterParameters(adc, grid, direction, readouts, ofConverters);
    const { range, scaling } = this;
    const converters = this.#converters;
    this.reader = lineReader({ model, grid, direction, weightRange, range, noise, scaling, converters });
  }

  save(): Record<string, tf.Tensor> {
    return { fullScale: this.range.fullScale.clone(), ...this.scaling.save() };
  }

  load(saved: Readonly<Record<string, tf.Tensor>>): void {
    this.range.set(saved['fullScale']!.clone() as tf.Scalar);
    this.scaling.load(saved);
  }

  dispose(): void {
    this.range.dispose();
    this.scaling.dispose();
    tf.dispose({ ...this.#converters });
  }
}
