import * as tf from '@tensorflow/tfjs';

/** What stands behind a kernel variable. */
export interface KernelStore {
  /** The kernel that the devices stand for; the caller disposes it. */
  read(): tf.Tensor;
  /** Writes a kernel to the devices. */
  program(kernel: tf.Tensor): void;
  /** Asks the devices for a change of the kernel. */
  request(change: tf.Tensor): void;
  dispose(): void;
}

/**
 * A layer's kernel as tfjs sees it, while it lives on arrays. Reading gives the weights that the devices stand for,
 * writing programs them, and what an optimiser assigns reaches the devices as a request for the difference. Its tensor
 * is made when it is first read: training that feeds devices with signals never needs it.
 */
export class KernelVariable extends tf.LayerVariable {
  declare readonly shape: tf.Shape;
  declare protected val: tf.Variable;
  readonly #store: KernelStore;
  #known = false;

  constructor(name: string, shape: tf.Shape, store: KernelStore) {
    const none = tf.scalar(0);
    super(none, 'float32', name);
    none.dispose();
    (this as { shape: tf.Shape }).shape = shape;
    this.#store = store;
  }

  /** The tensor that optimisers know; undefined until the variable is first read. */
  get tensor(): tf.Variable | undefined {
    return this.#known ? this.val : undefined;
  }

  override read(): tf.Variable {
    this.assertNotDisposed();
    const now = this.#store.read();
    if (this.#known) tf.Variable.prototype.assign.call(this.val, now);
    else this.#make(now);
    now.dispose();
    return this.val;
  }

  override write(kernel: tf.Tensor): this {
    this.assertNotDisposed();
    if (kernel.shape.join() !== this.shape.join()) {
      throw new Error(
        `${this.name}: expected the shape [${this.shape.join()}], got [${kernel.shape.join()}]`,
      );
    }
    this.#store.program(kernel);
    return this;
  }

  override dispose(): void {
    super.dispose();
    this.#store.dispose();
  }

  #make(kernel: tf.Tensor): void {
    this.val.dispose();
    this.val = tf.variable(kernel, this.trainable, this.name);
    this.val.assign = (wanted) => tf.tidy(() => this.#store.request(tf.sub(wanted, this.val)));
    this.#known = true;
  }
}
