import { defineExtensionPoint } from '../plugin/extension-point.js';

/** Whether a backend runs here; if not, why, and what to do about it. */
export type Availability =
  | {
      readonly available: true;
      readonly detail: string;
      /** It runs on a stand-in, such as a graphics adapter in software: `auto` passes it over. */
      readonly fallback?: boolean;
    }
  | { readonly available: false; readonly reason: string; readonly advice: string };

/** A tfjs backend with its kernels. */
export interface Backend {
  /** Higher is tried first by `auto`. */
  readonly priority: number;
  probe(): Promise<Availability>;
  /** Makes it the current tfjs backend. */
  activate(): Promise<void>;
}

/** Where tensors live. */
export const backend = defineExtensionPoint<Backend>('backend', 'one');
