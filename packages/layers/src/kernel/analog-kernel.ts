import type { ArrayModel } from '@txsim/array';
import * as tf from '@tensorflow/tfjs';
import { AnalogProduct, type Piece } from './analog-product.js';
import type { Arrangement } from './arrangement.js';
import { KernelVariable } from './kernel-variable.js';
import { LearnedVariable } from './learned-variable.js';

/** A kernel of a layer on arrays: a variable for tfjs, and the products of its matrices. */
export class AnalogKernel {
  readonly variable: KernelVariable;
  #arrangement: Arrangement | undefined;
  #products: readonly AnalogProduct[] = [];

  /**
   * @param arrange how it lies in matrices, once it is known of what arrays
   * @param learns told of the variables of the arrays that learn beside the weights
   */
  constructor(
    readonly name: string,
    shape: tf.Shape,
    readonly arrange: (arrays: ArrayModel) => Arrangement,
    readonly learns: (variable: LearnedVariable) => void,
  ) {
    this.variable = new KernelVariable(name, shape, {
      read: () => tf.tidy(() => this.#arranged.join(this.products.map(({ matrix }) => matrix.read()))),
      program: (kernel) => this.#each(kernel, (product, part) => product.matrix.program(part)),
      request: (change) => this.#each(change, (product, part) => product.request(part)),
      dispose: () => this.#products.forEach((product) => product.dispose()),
    });
  }

  /**
   * Puts a kernel on arrays.
   *
   * @param path names of the matrices begin with it
   * @param arrays what the matrix of a name is made of
   */
  async adopt(kernel: tf.Tensor, path: string, arrays: (matrix: string) => ArrayModel): Promise<void> {
    this.#arrangement = this.arrange(arrays(path));
    let pieces: readonly Piece[] = [];
    tf.tidy(() => (pieces = this.#arranged.split(kernel)).map(({ weights }) => weights));
    const products: AnalogProduct[] = [];
    this.#products = products;
    try {
      for (const [i, piece] of pieces.entries()) {
        const name = pieces.length === 1 ? path : `${path}/${i}`;
        products.push(await AnalogProduct.create(name, piece, arrays(name)));
      }
    } finally {
      for (const { weights } of pieces) weights.dispose();
    }
    for (const { matrix, learned } of products)
      for (const [name, variable] of Object.entries(learned))
        this.learns(new LearnedVariable(`${matrix.name}/${name}`, variable));
  }

  get products(): readonly AnalogProduct[] {
    if (this.#products.length === 0) throw new Error(`${this.variable.originalName} has no arrays yet`);
    return this.#products;
  }

  /** x·W of one of the matrices. */
  product(x: tf.Tensor, piece = 0): tf.Tensor {
    const product = this.products[piece]!;
    const { tensor, trainable } = this.variable;
    const differentiated = tensor && trainable && !product.collecting;
    return product.apply(x, differentiated ? this.#arranged.split(tensor)[piece]!.weights : undefined);
  }

  get #arranged(): Arrangement {
    if (!this.#arrangement) throw new Error(`${this.variable.originalName} has no arrays yet`);
    return this.#arrangement;
  }

  #each(kernel: tf.Tensor, action: (product: AnalogProduct, part: tf.Tensor2D) => void): void {
    tf.tidy(() => {
      const pieces = this.#arranged.split(kernel);
      this.products.forEach((product, i) => action(product, pieces[i]!.weights));
    });
  }
}
