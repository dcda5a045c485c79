import {
  abs,
  divide,
  input,
  inputNames,
  maximum,
  multiply,
  planeName,
  sign,
  type Expression,
} from '@txsim/ops';

/** Requests below this ask for nothing, siemens. */
const NOTHING = 1e-30;

/**
 * Of the devices of a weight, by plane: the pulses that they had, and the change in the direction that was asked for, in
 * steps.
 */
export interface Counters {
  readonly pulses: readonly Expression[];
  readonly made: readonly Expression[];
}

const counterNames = (planes: number, kind: keyof Counters): string[] =>
  Array.from({ length: planes }, (_, p) => `${planeName(p)}:${kind}`);

/** The names of the counters' tensors: the pulses of all planes, then what they made. */
export const namesOfCounters = (planes: number): string[] => [
  ...counterNames(planes, 'pulses'),
  ...counterNames(planes, 'made'),
];

/** The counters as they are before an update. */
export const countersBefore = (planes: number): Counters => ({
  pulses: counterNames(planes, 'pulses').map(input),
  made: counterNames(planes, 'made').map(input),
});

/** Whether the numbers of pulses decide what becomes of a device. */
export const usesPulses = (expressions: readonly Expression[]): boolean =>
  expressions.some((e) => inputNames(e).some((name) => name.endsWith(':pulses')));

/**
 * What a requested change adds to the counters of one device: |request| / step pulses, or one where no step is known.
 *
 * @param step the mean change by one pulse, siemens
 */
export function countedRequest(
  request: Expression,
  change: Expression,
  step: number | undefined,
): { readonly pulses: Expression; readonly made: Expression } {
  const direction = sign(request);
  const made = multiply(direction, change);
  if (step !== undefined) return { pulses: multiply(abs(request), 1 / step), made: multiply(made, 1 / step) };
  return { pulses: abs(direction), made: divide(made, maximum(abs(request), NOTHING)) };
}
