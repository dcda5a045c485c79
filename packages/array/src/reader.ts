import { conductanceRange } from '@txsim/core';
import {
  evaluate,
  inputNames,
  tileProduct,
  tileSum,
  toTileColumns,
  toTileRows,
  type Direction,
  type Expression,
  type TileGrid,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import type { ConverterRange } from './converter-range.js';
import type { NoiseSource } from './noise.js';
import {
  convertExpression,
  CURRENT,
  DEVICE_CURRENT_NORM,
  DRIVE_NORM,
  driveExpression,
  FULL_SCALE,
  LINES,
  SCALE,
  senseExpression,
} from './read.js';

/** The matrices behind each readout's ADC; their squares are made only where a read effect asks for them. */
export interface ReadMatrices {
  readouts(): readonly tf.Tensor4D[];
  squares(): readonly tf.Tensor4D[];
}

/** What a line without any signal is divided by. */
const SMALLEST_SCALE = 1e-30;

/**
 * One direction of a matrix: vector → scale → DAC → driver → arrays → read stage → sense → ADC → digital sum.
 */
export class Reader {
  readonly #drive: Expression;
  readonly #sense: readonly Expression[];
  readonly #convert: readonly Expression[];
  readonly #unit: number;

  constructor(
    readonly model: ArrayModel,
    readonly grid: TileGrid,
    readonly direction: Direction,
    weightRange: number,
    readonly range: ConverterRange,
    readonly noise: NoiseSource,
  ) {
    const { readouts } = model.mapping;
    this.#drive = driveExpression(model);
    this.#sense = readouts.map((r) => senseExpression(model, r, direction));
    this.#convert = readouts.map((r) => convertExpression(model, r, direction));
    this.#unit = weightRange / (model.dac.readVoltage * conductanceRange(model.device.product));
  }

  /** @param draw which read this is, for noise */
  read(lines: tf.Tensor2D, matrices: ReadMatrices, draw: number): tf.Tensor2D {
    return tf.tidy(() => {
      const scale = this.#scaleOf(lines);
      const volts = evaluate(
        this.#drive,
        { [LINES]: lines, [SCALE]: scale },
        lines.shape,
        this.noise.draw(draw),
      );
      const sums = this.model.mapping.readouts.map(({ significance }, q) => {
        const converted = this.#readout(q, volts as tf.Tensor2D, matrices, draw);
        const sum = tileSum(converted, this.grid, this.direction);
        return significance === 1 ? sum : tf.mul(sum, significance);
      });
      return tf.mul(tf.addN(sums), tf.mul(scale, this.#unit)) as tf.Tensor2D;
    });
  }

  #scaleOf(lines: tf.Tensor2D): tf.Tensor {
    const { scale } = this.model.dac;
    if (scale !== 'absMax') return tf.scalar(scale);
    return tf.maximum(tf.max(tf.abs(lines), 1, true), SMALLEST_SCALE);
  }

  #readout(q: number, volts: tf.Tensor2D, matrices: ReadMatrices, draw: number): tf.Tensor4D {
    const current = tileProduct(volts, matrices.readouts()[q]!, this.grid, this.direction);
    const expression = (this.range.observing ? this.#sense : this.#convert)[q]!;
    const asked = inputNames(expression);
    const inputs: Record<string, tf.Tensor> = { [CURRENT]: current, [FULL_SCALE]: this.range.fullScale };
    if (asked.includes(DRIVE_NORM)) inputs[DRIVE_NORM] = this.#driveNorm(volts);
    if (asked.includes(DEVICE_CURRENT_NORM)) {
      const squares = tileProduct(tf.square(volts), matrices.squares()[q]!, this.grid, this.direction);
      inputs[DEVICE_CURRENT_NORM] = tf.sqrt(squares);
    }
    const seen = evaluate(
      expression,
      inputs,
      current.shape,
      this.noise.draw(draw * this.#convert.length + q),
    );
    if (this.range.observing) this.range.record(seen);
    return seen as tf.Tensor4D;
  }

  /** ‖V‖₂ per array and sample, [tileRows, 1, batch, 1] or [1, tileColumns, batch, 1]. */
  #driveNorm(volts: tf.Tensor2D): tf.Tensor {
    const driven = (this.direction === 'forward' ? toTileRows : toTileColumns)(volts, this.grid);
    return tf.sqrt(tf.sum(tf.square(driven), 3, true));
  }
}
