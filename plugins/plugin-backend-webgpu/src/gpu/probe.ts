import type { Availability } from '@txsim/core';
import { NoGpu, type Adapter } from './gpu.js';
import { findAdapter } from './instance.js';

/** Whether an adapter computes on the processor, and is there for want of a better one. */
export const isFallback = (a: Adapter): boolean => (a.info.isFallbackAdapter ?? a.isFallbackAdapter) === true;

function nameOf({ info }: Adapter): string {
  const name = info.description || [info.vendor, info.architecture, info.device].filter(Boolean).join(' ');
  return name || 'an adapter that does not tell its name';
}

/** Whether WebGPU runs here: on which adapter, or why not and what to do. Changes nothing in the global scope. */
export async function probe(): Promise<Availability> {
  try {
    const adapter = await findAdapter();
    if (!isFallback(adapter)) return { available: true, detail: `WebGPU on ${nameOf(adapter)}` };
    const detail = `WebGPU in software on ${nameOf(adapter)}, for tests only`;
    return { available: true, detail, fallback: true };
  } catch (error) {
    if (error instanceof NoGpu) return { available: false, reason: error.reason, advice: error.advice };
    return { available: false, reason: String(error), advice: 'look at the graphics driver' };
  }
}
