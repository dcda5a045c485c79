import { defineExtensionPoint } from '../plugin/extension-point.js';

/** Samples with labels. */
export interface DatasetSplit {
  readonly size: number;
  /**
   * The chosen samples: features [count, ...inputShape] one after the other, and the class of each.
   *
   * @param draw which time they are learned, for data sets that vary their samples; absent: the samples as they are
   */
  samples(indices: ArrayLike<number>, draw?: number): Samples;
}

/** Features one sample after the other, and classes. */
export interface Samples {
  readonly features: Float32Array;
  readonly labels: Int32Array;
}

/** A data set as it is in memory: the shape of a sample, the classes, what is learned and what is tested. */
export interface LoadedDataset {
  /** Without the batch dimension. */
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly train: DatasetSplit;
  readonly test: DatasetSplit;
}

/** A labelled data set. */
export interface Dataset {
  /** @throws PluginError DATASET_INVALID naming the file that is missing or corrupt */
  load(): Promise<LoadedDataset>;
}

/** What the network learns. */
export const dataset = defineExtensionPoint<Dataset>('dataset', 'one');
