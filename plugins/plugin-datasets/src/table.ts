import type { DatasetSplit, LoadedDataset } from '@txsim/core';
import { invalid } from './invalid.js';

/** Samples that are wholly in memory. */
export interface Table {
  /** Without the batch dimension. */
  readonly inputShape: readonly number[];
  /** One sample after the other. */
  readonly features: Float32Array;
  readonly labels: Int32Array;
}

/** @throws PluginError DATASET_INVALID if a label is negative or sizes do not fit */
export function checkTable({ inputShape, features, labels }: Table, file: string): void {
  const length = inputShape.reduce((a, b) => a * b, 1);
  if (features.length !== length * labels.length) {
    invalid(file, `${features.length / length} samples, but ${labels.length} labels`);
  }
  if (labels.some((label) => label < 0)) invalid(file, 'a label is negative');
  if (!features.every(Number.isFinite)) invalid(file, 'a feature is not a finite number');
}

/** Rows of a table, in the order of `rows`. */
export function splitOf({ inputShape, features, labels }: Table, rows?: ArrayLike<number>): DatasetSplit {
  const length = inputShape.reduce((a, b) => a * b, 1);
  const row = (index: number): number => (rows ? rows[index]! : index);
  return {
    size: rows?.length ?? labels.length,
    samples: (indices) => {
      const chosen = new Float32Array(indices.length * length);
      for (let i = 0; i < indices.length; i++) {
        const from = row(indices[i]!) * length;
        chosen.set(features.subarray(from, from + length), i * length);
      }
      return { features: chosen, labels: Int32Array.from(indices, (i) => labels[row(i)]!) };
    },
  };
}

/**
 * A table cut into training and test samples.
 *
 * @param share of the test samples, fraction
 * @param order a random number for each sample
 */
export function cut(table: Table, share: number, order: Float32Array, file: string): LoadedDataset {
  const size = table.labels.length;
  const testSize = Math.round(size * share);
  if (testSize < 1 || testSize >= size) invalid(file, `${size} samples cannot be cut at ${share}`);
  const rows = Uint32Array.from(order.keys()).sort((a, b) => order[a]! - order[b]! || a - b);
  return {
    inputShape: table.inputShape,
    classes: classesOf(table.labels),
    train: splitOf(table, rows.subarray(testSize)),
    test: splitOf(table, rows.subarray(0, testSize)),
  };
}

/** One more than the largest label, at least two. */
export const classesOf = (...labels: readonly Int32Array[]): number =>
  Math.max(1, ...labels.map((some) => some.reduce((a, b) => Math.max(a, b), 0))) + 1;
