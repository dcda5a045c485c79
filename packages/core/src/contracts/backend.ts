import { defineExtensionPoint } from '../plugin/extension-point.js';

/** Whether a backend runs here; if not, why, and what to do about it. */
export type Availability =
  | { readonly available: true; readonly detail: string }
  | { readonly available: false; readonly reason: string; readonly advice: string };

/** A tfjs backend with its kernels. */
export interface Backend {
  /** Higher is tried first by `auto`; what only a fallback can run is not preferred over a native engine. */
  readonly priority: number;
  probe(): Promise<Availability>;
  /** Makes it the current tfjs backend. */
  activate(): Promise<void>;
}

/** Where tensors live. */
export const backend = defineExtensionPoint<Backend>('backend', 'one');
