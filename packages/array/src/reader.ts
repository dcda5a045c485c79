import { conductanceRange } from '@txsim/core';
import {
  crossbarRead,
  crossbarReadReference,
  inputNames,
  READ_INPUTS,
  withNoise,
  type ConvolutionGeometry,
  type Direction,
  type Expression,
  type ReadAttributes,
  type ReadInputs,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { ofConverters } from './converter-parameters.js';
import type { ConverterRange } from './converter-range.js';
import type { NoiseSource } from './noise.js';
import { behind, type PlaneCurrents } from './plane-currents.js';
import { convertExpression, driveExpression, lineExpression, senseExpression } from './read.js';

/** The matrices behind each readout's ADC; their squares are made only where a read effect asks for them. */
export interface ReadMatrices {
  readouts(): readonly tf.Tensor4D[];
  squares(): readonly tf.Tensor4D[];
  /** The currents of planes, where those behind an ADC are not a product with its matrix. */
  curved(): PlaneCurrents | undefined;
}

/**
 * One direction of a matrix: vector → scale → DAC → driver → arrays → read stage → sense → ADC → digital sum.
 */
export class Reader {
  readonly #drive: Expression;
  readonly #line: Expression;
  readonly #sense: readonly Expression[];
  readonly #convert: readonly Expression[];
  readonly #asksForSquares: boolean;
  readonly #unit: number;

  constructor(
    readonly model: ArrayModel,
    readonly grid: TileGrid,
    readonly direction: Direction,
    weightRange: number,
    readonly range: ConverterRange,
    readonly noise: NoiseSource,
    /** What differs from converter to converter. */
    readonly converters?: Readonly<Record<string, tf.Tensor>>,
  ) {
    this.#drive = driveExpression(model);
    this.#line = lineExpression(model);
    this.#sense = model.mapping.readouts.map((r) => senseExpression(model, r, direction));
    this.#convert = this.#sense.map((seen, q) => ofConverters(convertExpression(model, seen), model.adc, q));
    this.#asksForSquares = this.#sense.some((e) => inputNames(e).includes(READ_INPUTS.deviceCurrentNorm));
    this.#unit = weightRange / (model.dac.readVoltage * conductanceRange(model.device.product));
  }

  /**
   * @param lines vectors, or images whose patches are the vectors
   * @param draw which read this is, for noise
   * @param wanted which vectors are asked for, as `crossbarRead` takes it; absent: all
   */
  read(
    lines: tf.Tensor,
    matrices: ReadMatrices,
    draw: number,
    geometry?: ConvolutionGeometry,
    wanted?: tf.Tensor,
  ): tf.Tensor {
    return tf.tidy(() => {
      // Squares first: they leave the effective conductances that the readouts then need not make again.
      const squares = this.#asksForSquares ? { squares: matrices.squares() } : {};
      const curved = matrices.curved();
      const currents = curved
        ? { matrices: [], cells: this.#cells(curved, draw) }
        : { matrices: matrices.readouts() };
      const asked = wanted ? { wanted } : {};
      const inputs = {
        lines,
        fullScale: this.range.fullScale,
        ...currents,
        ...squares,
        ...asked,
        ...this.#differing,
      };
      if (!this.range.observing) return crossbarRead(inputs, this.#attributes(this.#convert, draw, geometry));
      const unconverted = this.#attributes(this.#sense, draw, geometry);
      return crossbarReadReference(inputs, unconverted, (currents) => this.range.record(currents));
    });
  }

  #cells(curved: PlaneCurrents, draw: number): NonNullable<ReadInputs['cells']> {
    const { readouts } = this.model.mapping;
    return {
      line: withNoise(this.#line, this.noise.draw(draw)),
      currents: (volts, q) => behind(readouts[q]!, (p) => curved(volts, p)),
    };
  }

  get #differing(): { converters?: Readonly<Record<string, tf.Tensor>> } {
    return this.converters ? { converters: this.converters } : {};
  }

  #attributes(stages: readonly Expression[], draw: number, geometry?: ConvolutionGeometry): ReadAttributes {
    const { mapping, dac } = this.model;
    return {
      grid: this.grid,
      direction: this.direction,
      // Others are managed around it.
      scale: dac.scale as ReadAttributes['scale'],
      drive: withNoise(this.#drive, this.noise.draw(draw)),
      readouts: mapping.readouts.map(({ significance }, q) => ({
        ...withNoise(stages[q]!, this.noise.draw(draw * stages.length + q)),
        significance,
      })),
      unit: this.#unit,
      ...(geometry ? { geometry } : {}),
    };
  }
}
