import type { Graph, Value } from './graph.js';

/** Cycles until a result can be used, roughly those of present x64 and ARM cores. */
function latency({ instruction }: Value): number {
  if (instruction.endsWith('.sqrt') || instruction.endsWith('.div')) return 14;
  if (instruction.endsWith('.floor') || instruction.endsWith('.nearest')) return 8;
  if (instruction.endsWith('mul') || instruction.includes('extmul')) return 5;
  return instruction.startsWith('f') ? 4 : 1;
}

/**
 * The values by the earliest time at which they can be ready, so that neighbours seldom wait for each other: a core looks
 * ahead a hundred instructions or so, and one chain of products and sums fills that with waiting.
 */
export function schedule({ values }: Graph): readonly number[] {
  const ready: number[] = [];
  values.forEach((v, id) => {
    const start = v.from.reduce((latest, from) => Math.max(latest, ready[from]!), 0);
    ready[id] = start + latency(v);
  });
  return values.map((_, id) => id).sort((a, b) => ready[a]! - ready[b]! || a - b);
}
