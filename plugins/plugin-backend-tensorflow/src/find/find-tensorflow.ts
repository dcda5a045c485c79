import type { Availability } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { importQuietly, isAbsent, type ImportModule } from './import-module.js';
import { isNode } from './prepare-node.js';
import { INSTALL, NO_NODE, OTHER_COPY, rebuild } from './advice.js';

/** The better one first. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** What such a package exports, as far as it matters here. */
interface NodePackage {
  engine(): object;
  readonly version_core: string;
  readonly version: Readonly<Record<string, string>>;
}

/** What their backend knows of itself. */
interface NodeBackend {
  readonly isUsingGpuDevice?: boolean;
  readonly binding?: { readonly TF_Version?: string };
}

/**
 * Loads tfjs-node-gpu, or else tfjs-node. The current backend of tfjs stays what it was.
 *
 * A package that is not there and one that does not load are told apart: the first has to be installed, the second
 * built anew.
 */
export async function findTensorflow(importModule: ImportModule): Promise<Availability> {
  if (!isNode()) return { available: false, reason: 'tfjs-node runs in Node only', advice: NO_NODE };
  const broken: { name: string; reason: string }[] = [];
  for (const name of PACKAGES) {
    try {
      const loaded = (await importQuietly(importModule, name)) as NodePackage & { default?: NodePackage };
      return describe(name, loaded.default ?? loaded, broken.map((b) => b.reason)); // prettier-ignore
    } catch (cause) {
      if (isAbsent(cause, name)) continue;
      broken.push({ name, reason: `${name} is installed but does not load: ${firstLine(cause)}` });
    }
  }
  if (broken.length === 0)
    return { available: false, reason: `${PACKAGES.join(' and ')} are not installed`, advice: INSTALL };
  return {
    available: false,
    reason: broken.map((b) => b.reason).join('; '),
    advice: rebuild(broken.map((b) => b.name)),
  };
}

function describe(name: string, loaded: NodePackage, remarks: readonly string[]): Availability {
  if (loaded.engine() !== tf.engine() || loaded.version_core !== tf.version_core) {
    const reason = `${name} works on another copy of tfjs-core (${loaded.version_core}) than TxSim (${tf.version_core})`;
    return { available: false, reason, advice: OTHER_COPY };
  }
  const { isUsingGpuDevice: gpu = false, binding } = (tf.findBackend('tensorflow') ?? {}) as NodeBackend;
  const library = `TensorFlow ${binding?.TF_Version ?? 'of unknown version'} on the ${gpu ? 'GPU' : 'CPU'}`;
  const blind = !gpu && name.endsWith('-gpu') ? ['it found no GPU that it can use'] : [];
  const parts = [`${library}, by ${name} ${loaded.version['tfjs-node'] ?? ''}`.trim(), ...blind, ...remarks];
  return { available: true, detail: parts.join('; '), fallback: !gpu };
}

const firstLine = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!.trim();
