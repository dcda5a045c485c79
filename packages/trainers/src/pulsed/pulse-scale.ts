import type { UpdateSignal } from '@txsim/core';
import {
  clamp,
  constant,
  divide,
  evaluateAll,
  floor,
  input,
  maximum,
  minimum,
  multiply,
  negate,
  sqrt,
  type Expression,
  type Operand,
} from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';

/** How (x, d) become probabilities of pulses: p_x = min(rows · |x|, 1), p_d = min(columns · |d|, 1). Scalars. */
export interface PulseScale {
  /** The bit length BL: slots of a train. */
  readonly slots: tf.Scalar;
  readonly rows: tf.Scalar;
  readonly columns: tf.Scalar;
}

export interface Management {
  /** The longest train, 1 to 31 slots. */
  readonly bitLength: number;
  /** BL = ⌈k⌉ where that is shorter. */
  readonly manageBitLength: boolean;
  /** Rows and columns share the load: both reach the same largest probability. */
  readonly manageUpdate: boolean;
}

/** Below this a largest value is none, and nothing is divided by it. */
const NOTHING = 1e-30;

/**
 * With k = rate · max|x| · max|d| / dw, dw the mean change of a weight by one pulse:
 *
 *     BL = min(⌈k⌉, bitLength)               where the bit length is managed, else bitLength
 *     A = B = √(rate / (dw · BL))            p_d = A|d|, p_x = B|x|, so that the mean of BL · p_x · p_d · dw is rate · x · d
 *     A ·= √(max|x| / m), B ·= √(m / max|x|)  where the update is managed, m = max|d| · min(1, bitLength / k):
 *                                            what is too large for the longest train is clipped in d, not in x
 *
 * Nothing leaves the device. Source: Gokmen, Onen, Haensch, "Training deep convolutional neural networks with resistive
 * cross-point devices", Frontiers in Neuroscience 11 (2017), "update management"; bit length management as in aihwkit.
 */
export function pulseScales(
  pulseStep: number,
  by: Management,
): (signal: Pick<UpdateSignal, 'rate' | 'largest'>) => PulseScale {
  const expressions = scaleExpressions(by);
  return (signal) => {
    const inputs = { ...signal.largest(), pulses: tf.scalar(signal.rate / pulseStep) };
    const [slots, rows, columns] = evaluateAll(expressions, inputs, []) as tf.Scalar[];
    return { slots: slots!, rows: rows!, columns: columns! };
  };
}

/** BL, B and A of max|x|, max|d| and rate / dw. */
function scaleExpressions({ bitLength, manageBitLength, manageUpdate }: Management): Expression[] {
  const [x, d] = [maximum(input('x'), NOTHING), maximum(input('d'), NOTHING)];
  const k = multiply(multiply(x, d), input('pulses'));
  const slots = manageBitLength ? clamp(ceil(k), 1, bitLength) : constant(bitLength);
  const both = sqrt(divide(input('pulses'), slots));
  if (!manageUpdate) return [slots, both, both];
  const m = multiply(d, minimum(1, divide(bitLength, maximum(k, NOTHING))));
  const ratio = sqrt(divide(x, m));
  return [slots, divide(both, ratio), multiply(both, ratio)];
}

const ceil = (a: Operand): Expression => negate(floor(negate(a)));
