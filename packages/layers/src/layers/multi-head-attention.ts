import * as tf from '@tensorflow/tfjs';
import { attention } from './attention.js';
import { digitalClass, type DigitalLayer, type LayerConfig } from './on-arrays.js';

/** The linear maps of a layer of attention, by the names under which Keras saves their weights. */
export type Projection = 'query' | 'key' | 'value' | 'attention_output';

type DenseConfig = Parameters<typeof tf.layers.dense>[0];

/** What a layer of attention is made of: what a dense layer is, and its sizes. */
export interface AttentionConfig extends Omit<DenseConfig, 'units' | 'activation'> {
  readonly numHeads: number;
  /** Numbers of a query and of a key, per head. */
  readonly keyDim: number;
  /** Numbers of a value, per head; absent: `keyDim`. */
  readonly valueDim?: number | null;
  /** Numbers of an output; absent: those of what queries are made from. */
  readonly outputShape?: number | null;
  /** Fraction of the attention that is left out in training. */
  readonly dropout?: number;
  /** Whether no step sees what comes after it. */
  readonly causal?: boolean;
}

/** Attention as the rest of this package sees it. */
export interface AttentionLayer extends DigitalLayer {
  /** x·W of one of the projections, [batch, steps, inputs] → [batch, steps, outputs]. */
  product(projection: Projection, x: tf.Tensor): tf.Tensor;
  readonly numHeads: number;
}

/** What it uses of the dense layer that it extends: initialisers, regularisers, constraints and how they are saved. */
interface DenseLayer extends DigitalLayer {
  readonly useBias: boolean;
  readonly kernelInitializer: ReturnType<typeof tf.initializers.zeros>;
  readonly biasInitializer: ReturnType<typeof tf.initializers.zeros>;
  readonly kernelRegularizer: never;
  readonly biasRegularizer: never;
  readonly kernelConstraint: never;
  readonly biasConstraint: never;
}

type Settings = Pick<
  AttentionConfig,
  'numHeads' | 'keyDim' | 'valueDim' | 'outputShape' | 'dropout' | 'causal'
>;
type Weights = Record<Projection, { readonly kernel: tf.LayerVariable; readonly bias?: tf.LayerVariable }>;

/**
 * Attention with several heads: of queries Q[batch, steps, width] to keys K and values V[batch, sources, width], in each
 * head softmax(Q·W_Q·(K·W_K)ᵀ / √keyDim) · V·W_V, all heads side by side times W_O; every product with a bias. Applied to
 * Q, to [Q, V] or to [Q, V, K]; V is Q and K is V where they are absent. Weights have the names, shapes and order of
 * Keras. tfjs 4.22 has such a layer in its files, but neither exports nor registers it.
 *
 * Source: Vaswani et al., "Attention is all you need", NeurIPS 2017, section 3.2.
 */
export class MultiHeadAttention extends digitalClass<DenseLayer>('Dense') implements AttentionLayer {
  static readonly className: string = 'MultiHeadAttention';
  declare readonly numHeads: number;
  declare readonly settings: Settings;
  declare readonly parts: Weights;

  /** @throws Error if a size is no whole number above 0 */
  constructor(config: AttentionConfig) {
    const { numHeads, keyDim, valueDim, outputShape, dropout = 0, causal = false } = config;
    super({ kernelInitializer: 'glorotUniform', ...config, units: 1, activation: null } as LayerConfig);
    const sizes = { numHeads, keyDim, valueDim: valueDim ?? keyDim, outputShape: outputShape ?? 1 };
    for (const [name, size] of Object.entries(sizes)) {
      if (!(Number.isInteger(size) && size > 0))
        throw new Error(`${this.name}: expected ${name} to be a whole number above 0, got ${JSON.stringify(size)}`); // prettier-ignore
    }
    this.settings = {
      numHeads,
      keyDim,
      valueDim: sizes.valueDim,
      outputShape: outputShape ?? null,
      dropout,
      causal,
    };
    this.numHeads = numHeads;
    this.supportsMasking = false;
    this.inputSpec = null!;
  }

  /** @throws Error if an input is no batch of sequences */
  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shapes = listed<tf.Shape>(inputShape);
    const { numHeads, keyDim, valueDim, outputShape } = this.settings;
    const [query, value, key] = shapes.map((shape) => {
      if (shape.length !== 3) throw new Error(`${this.name}: expected inputs [batch, steps, width], got [${shape.join(', ')}]`); // prettier-ignore
      return shape[2]!;
    }) as [number, number, number];
    const width = outputShape ?? query;
    (this as { parts: Weights }).parts = {
      query: this.#weights('query', [query, numHeads, keyDim], [numHeads, keyDim]),
      key: this.#weights('key', [key, numHeads, keyDim], [numHeads, keyDim]),
      value: this.#weights('value', [value, numHeads, valueDim!], [numHeads, valueDim!]),
      attention_output: this.#weights('attention_output', [numHeads, valueDim!, width], [width]),
    };
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, steps, width] = listed<tf.Shape>(inputShape)[0];
    return [batch!, steps!, this.settings.outputShape ?? width!];
  }

  /** @throws Error if values or keys come under their names, and not in a list */
  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Readonly<Record<string, unknown>> = {}): tf.Tensor {
    if ('value' in kwargs || 'key' in kwargs)
      throw new Error(`${this.name}: expected the inputs as a list, [query, value] or [query, value, key]`);
    return tf.tidy(() => {
      const [query, value, key] = listed<tf.Tensor>(inputs);
      const sequences = { query, key, value };
      const [q, k, v] = Object.entries(sequences).map(([of, x]) => this.#project(of as Projection, x));
      const { causal, dropout } = this.settings;
      const rate = kwargs['training'] ? dropout! : 0;
      const heads = attention(q!, k!, v!, { heads: this.numHeads, causal: causal!, dropout: rate });
      return this.#project('attention_output', heads);
    });
  }

  product(projection: Projection, x: tf.Tensor): tf.Tensor {
    const inputs = x.shape.at(-1)!;
    const kernel = this.parts[projection].kernel.read().reshape([inputs, -1]);
    const flat = tf.matMul(x.reshape([-1, inputs]), kernel as tf.Tensor2D);
    return flat.reshape([...x.shape.slice(0, -1), kernel.shape[1]!]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { units: _, activation: __, ...config } = super.getConfig();
    return { ...config, ...this.settings } as tf.serialization.ConfigDict;
  }

  #project(projection: Projection, x: tf.Tensor): tf.Tensor {
    const product = this.product(projection, x);
    const { bias } = this.parts[projection];
    return bias ? tf.add(product, bias.read().reshape([-1])) : product;
  }

  #weights(name: Projection, kernel: number[], bias: number[]): Weights[Projection] {
    const { kernelInitializer, kernelRegularizer, kernelConstraint } = this;
    const added = this.addWeight(`${name}/kernel`, kernel, 'float32', kernelInitializer, kernelRegularizer, true, kernelConstraint); // prettier-ignore
    if (!this.useBias) return { kernel: added };
    const { biasInitializer, biasRegularizer, biasConstraint } = this;
    const offset = this.addWeight(`${name}/bias`, bias, 'float32', biasInitializer, biasRegularizer, true, biasConstraint); // prettier-ignore
    return { kernel: added, bias: offset };
  }
}

/** Query, value and key, of which the last two may be left out. */
function listed<T extends tf.Tensor | tf.Shape>(inputs: T | T[]): [query: T, value: T, key: T] {
  const isList = Array.isArray(inputs) && typeof inputs[0] === 'object' && inputs[0] !== null;
  const [query, value = query, key = value] = (isList ? inputs : [inputs]) as T[];
  return [query!, value!, key!];
}

tf.serialization.registerClass(MultiHeadAttention);
