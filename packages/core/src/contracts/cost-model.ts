import { defineExtensionPoint } from '../plugin/extension-point.js';

/** What happened, in numbers. */
export interface EventCounts {
  readonly dacConversions: number;
  readonly adcConversions: number;
  /** Devices read, each once per vector that was driven through it. */
  readonly deviceReads: number;
  /** Devices written. */
  readonly deviceWrites: number;
}

/** What it costs. */
export interface Cost {
  /** Joules. */
  readonly energy: number;
  /** Seconds. */
  readonly latency: number;
  /** Square metres. */
  readonly area: number;
}

/** Counts × the costs of a technology. */
export interface CostModel {
  cost(counts: EventCounts): Cost;
}

/** Energy, latency and area. */
export const costModel = defineExtensionPoint<CostModel>('costModel', 'many');
