import type { AnalogMatrix, MatrixSnapshot, WireReport } from '@txsim/core';
import { patchSize, positions, unfold, type ConvolutionGeometry, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { LearningMatrix, Lesson } from './learning-matrix.js';

/** The most that unfolded patches may take where a backend has to unfold them, in elements: 64 MB. */
const CHUNK = 2 ** 24;

/**
 * A convolution on crossbars: every patch of an image is an input vector of one matrix
 * W[kernelHeight · kernelWidth · channels, filters]. Patches are unfolded a few images at a time.
 *
 *     forward   x[batch, height, width, channels] → [batch, outHeight, outWidth, filters]
 *     backward  d[batch, outHeight, outWidth, filters] → [batch, height, width, channels]
 *     update    ΔW = −rate · Σ over batch and positions of patchᵀ d
 *
 * The rule sees a sample for each image and position, in this order, chunk by chunk.
 */
export class CrossbarConvolution implements AnalogMatrix {
  constructor(
    readonly matrix: LearningMatrix,
    readonly geometry: ConvolutionGeometry,
  ) {}

  get name(): string {
    return this.matrix.name;
  }

  get grid(): TileGrid {
    return this.matrix.grid;
  }

  forward(x: tf.Tensor4D): tf.Tensor4D {
    const { outHeight, outWidth } = this.geometry;
    return this.#inChunks([x], ([images]) =>
      this.matrix.forward(images!, this.geometry).reshape([-1, outHeight, outWidth, this.grid.outputs]),
    );
  }

  backward(d: tf.Tensor4D): tf.Tensor4D {
    return this.#inChunks(
      [d],
      ([errors]) => this.matrix.backward(this.#flat(errors!), this.geometry) as tf.Tensor4D,
    );
  }

  update(x: tf.Tensor4D, d: tf.Tensor4D, rate: number): void {
    tf.tidy(() => {
      const ofArrays = this.matrix.errorsOfArrays(d);
      const largest = () => ({ x: tf.max<tf.Scalar>(tf.abs(x)), d: tf.max<tf.Scalar>(tf.abs(ofArrays)) });
      const samples = x.shape[0] * positions(this.geometry);
      const forEachPart: Lesson['forEachPart'] = (visit) =>
        this.#forEachChunk([x, ofArrays], ([images, errors]) =>
          tf.tidy(() => visit(unfold(images as tf.Tensor4D, this.geometry), this.#flat(errors!))),
        );
      this.matrix.learn({ rate, largest, samples, forEachPart });
    });
  }

  program(weights: tf.Tensor2D): void {
    this.matrix.program(weights);
  }

  read(): tf.Tensor2D {
    return this.matrix.read();
  }

  wait(seconds: number): void {
    this.matrix.wait(seconds);
  }

  observe(): void {
    this.matrix.observe();
  }

  settle(): Promise<void> {
    return this.matrix.settle();
  }

  save(): Readonly<Record<string, tf.Tensor>> {
    return this.matrix.save();
  }

  load(saved: Readonly<Record<string, tf.Tensor>>): Promise<void> {
    return this.matrix.load(saved);
  }

  snapshot(): Promise<MatrixSnapshot> {
    return this.matrix.snapshot();
  }

  /** One image's patches are enough to choose from. */
  async probe(x: tf.Tensor4D, d?: tf.Tensor4D): Promise<WireReport | undefined> {
    const patches = tf.tidy(() => unfold(tf.slice(x, 0, 1), this.geometry));
    const errors = d && tf.tidy(() => this.#flat(tf.slice(d, 0, 1)));
    const report = await this.matrix.probe(patches, errors);
    tf.dispose([patches, errors ?? []]);
    return report;
  }

  dispose(): void {
    this.matrix.dispose();
  }

  #flat(errors: tf.Tensor): tf.Tensor2D {
    return errors.reshape([-1, this.grid.outputs]);
  }

  #inChunks(tensors: tf.Tensor[], work: (chunk: tf.Tensor[]) => tf.Tensor4D): tf.Tensor4D {
    return tf.tidy(() => {
      const parts: tf.Tensor4D[] = [];
      this.#forEachChunk(tensors, (chunk) => void parts.push(work(chunk)));
      return parts.length === 1 ? parts[0]! : tf.concat(parts, 0);
    });
  }

  #forEachChunk(tensors: tf.Tensor[], visit: (chunk: tf.Tensor[]) => void): void {
    const batch = tensors[0]!.shape[0]!;
    const size = Math.max(1, Math.floor(CHUNK / (positions(this.geometry) * patchSize(this.geometry))));
    for (let start = 0; start < batch; start += size) {
      const count = Math.min(size, batch - start);
      visit(count === batch ? tensors : tensors.map((t) => tf.slice(t, start, count)));
    }
  }
}
