import { stackOf, type StudyPlan } from '@txsim/studies';
import { estimate } from '@txsim/trainers';
import type { LoadedStack } from '../config/load-stack.js';
import type { Stack } from '@txsim/core';

/** What a sweep will take. */
export interface SweepEstimate {
  readonly points: number;
  readonly runs: number;
  /** Points of the design that conditions leave out. */
  readonly left: number;
  readonly workers: number;
  /** Of a run, from its slowest to its fastest among the points that were tried. */
  readonly seconds: { readonly least: number; readonly most: number; readonly all: number };
  /** Of the largest run, and of all workers together; the data set and Node itself are not among them. */
  readonly bytes: { readonly run: number; readonly all: number };
  /** Numbers of the points that were tried. */
  readonly tried: readonly number[];
}

/** Tries a few steps of some points: the first, the last, and one in between. */
export async function estimateSweep(
  plan: StudyPlan,
  { stack, registry, host }: LoadedStack,
  workers: number,
): Promise<SweepEstimate> {
  const { points, runs, study, left } = plan;
  const tried = [...new Set([0, points.length >> 1, points.length - 1])].map((i) => points[i]!);
  const analog = [];
  for (const point of tried) analog.push(await estimate(stackOf(stack, point) as Stack, { registry, host, twin: false })); // prettier-ignore
  const seconds = analog.map((e) => e.seconds.run);
  const twins = runs.filter(({ twin }) => twin).length;
  const both = study.twin && twins > 0 ? await estimate(stackOf(stack, tried[0]!), { registry, host, twin: true }) : undefined; // prettier-ignore
  const mean = seconds.reduce((a, b) => a + b, 0) / seconds.length;
  const extra = both ? Math.max(0, both.seconds.run - seconds[0]!) : 0;
  const peak = Math.max(...analog.map((e) => e.bytes.peak), both?.bytes.peak ?? 0);
  return {
    points: points.length,
    runs: runs.length,
    left,
    workers,
    seconds: {
      least: Math.min(...seconds),
      most: Math.max(...seconds),
      all: (mean * runs.length + extra * twins) / Math.min(workers, runs.length),
    },
    bytes: { run: peak, all: peak * Math.min(workers, runs.length) },
    tried: tried.map(({ number }) => number),
  };
}
