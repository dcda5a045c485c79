import type { CountsRequest, DeltaRequest } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';

/** Requests that may be made at once for several parts of a batch. */
export type SummedRequest = DeltaRequest | CountsRequest;

/** The sum of two requests of one kind; both are let go. @throws Error if they are of different kinds */
export function addRequests(a: SummedRequest | undefined, b: SummedRequest): SummedRequest {
  if (!a) return b;
  if (a.kind === 'delta' && b.kind === 'delta') return { kind: 'delta', delta: join(a.delta, b.delta) };
  if (a.kind === 'counts' && b.kind === 'counts')
    return { kind: 'counts', up: join(a.up, b.up), down: join(a.down, b.down) };
  throw new Error(`an update rule asks for ${a.kind} and ${b.kind} in one batch`);
}

function join(a: tf.Tensor4D, b: tf.Tensor4D): tf.Tensor4D {
  const sum = tf.add<tf.Tensor4D>(a, b);
  tf.dispose([a, b]);
  return sum;
}
