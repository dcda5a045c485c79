import * as tf from '@tensorflow/tfjs';
import { AnalogGRUCell } from './analog-gru.js';
import { AnalogLSTMCell } from './analog-lstm.js';
import { AnalogSimpleRNNCell } from './analog-simple-rnn.js';
import { digitalClass, type LayerClass, type LayerConfig } from './on-arrays.js';

type RecurrentLayer = tf.layers.Layer & { cell: tf.layers.Layer };

/** The class of a recurrent layer of tfjs with an analog cell; sequences, states and masks are those of tfjs. */
function withCell(
  digital: string,
  Cell: new (config: LayerConfig) => tf.layers.Layer,
): LayerClass<RecurrentLayer> {
  return class extends digitalClass<RecurrentLayer>(digital) {
    constructor(config: LayerConfig) {
      super({ ...config });
      this.cell = new Cell(config);
    }
  };
}

/** A simple recurrent layer on crossbars. */
export class AnalogSimpleRNN extends withCell('SimpleRNN', AnalogSimpleRNNCell) {
  static readonly className = 'AnalogSimpleRNN';
}

/** A long short-term memory on crossbars. */
export class AnalogLSTM extends withCell('LSTM', AnalogLSTMCell) {
  static readonly className = 'AnalogLSTM';
}

/** A layer of gated recurrent units on crossbars. */
export class AnalogGRU extends withCell('GRU', AnalogGRUCell) {
  static readonly className = 'AnalogGRU';
}

tf.serialization.registerClass(AnalogSimpleRNN);
tf.serialization.registerClass(AnalogLSTM);
tf.serialization.registerClass(AnalogGRU);
