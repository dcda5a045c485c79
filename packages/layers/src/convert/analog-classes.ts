import { AnalogConv1D } from '../layers/analog-conv1d.js';
import { AnalogConv2D } from '../layers/analog-conv2d.js';
import { AnalogDense } from '../layers/analog-dense.js';
import { AnalogDepthwiseConv2D } from '../layers/analog-depthwise-conv2d.js';
import { AnalogGRUCell } from '../layers/analog-gru.js';
import { AnalogLSTMCell } from '../layers/analog-lstm.js';
import { AnalogGroupedConv2D } from '../layers/analog-grouped-conv2d.js';
import { AnalogMultiHeadAttention } from '../layers/analog-multi-head-attention.js';
import { GroupedConv2D } from '../layers/grouped-conv2d.js';
import { MultiHeadAttention } from '../layers/multi-head-attention.js';
import { AnalogGRU, AnalogLSTM, AnalogSimpleRNN } from '../layers/analog-recurrent.js';
import { AnalogSeparableConv2D } from '../layers/analog-separable-conv2d.js';
import { AnalogSimpleRNNCell } from '../layers/analog-simple-rnn.js';
import type { LayerJson } from './topology.js';

/** Digital class → analog class, by the names under which models are saved. */
const ANALOG: ReadonlyMap<string, string> = new Map([
  ['Dense', AnalogDense.className],
  ['Conv1D', AnalogConv1D.className],
  ['Conv2D', AnalogConv2D.className],
  [GroupedConv2D.className, AnalogGroupedConv2D.className],
  ['DepthwiseConv2D', AnalogDepthwiseConv2D.className],
  ['SeparableConv2D', AnalogSeparableConv2D.className],
  [MultiHeadAttention.className, AnalogMultiHeadAttention.className],
  ['SimpleRNN', AnalogSimpleRNN.className],
  ['SimpleRNNCell', AnalogSimpleRNNCell.className],
  ['LSTM', AnalogLSTM.className],
  ['LSTMCell', AnalogLSTMCell.className],
  ['GRU', AnalogGRU.className],
  ['GRUCell', AnalogGRUCell.className],
]);
const DIGITAL = new Map([...ANALOG].map(([digital, analog]) => [analog, digital]));

/** The analog class of a layer; undefined where there is none, or not for images with channels first. */
export const analogClassOf = ({ class_name, config }: LayerJson): string | undefined =>
  config['data_format'] === 'channels_first' ? undefined : ANALOG.get(class_name);

/** The digital class of a layer. */
export const digitalClassOf = ({ class_name }: LayerJson): string => DIGITAL.get(class_name) ?? class_name;
