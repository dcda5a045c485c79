interface OldUtil {
  isNullOrUndefined?: (value: unknown) => boolean;
  isArray?: (value: unknown) => boolean;
}

/** Whether this is Node, and not a browser. */
export const isNode = (): boolean => typeof process !== 'undefined' && Boolean(process.versions?.node);

/**
 * Gives tfjs-node what Node 23 took from it: two functions of `util` that its last release calls
 * (tensorflow/tfjs#8425 is merged and not released). Also keeps TensorFlow from greeting on the error stream.
 */
export function prepareNode(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  if (typeof process.getBuiltinModule !== 'function') return;
  const util = process.getBuiltinModule('node:util') as OldUtil;
  util.isNullOrUndefined ??= (value) => value === undefined || value === null;
  util.isArray ??= Array.isArray;
}
