import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunHistory } from '@txsim/core';
import { METRICS_FILE } from '@txsim/plugin-report-json-lines';
import { writeAtomically } from './write-atomically.js';

/**
 * Cuts `metrics.jsonl` back to what a checkpoint knows, where a run was killed some time after it; going on then
 * appends the very lines that an undisturbed run would have.
 */
export async function trimMetrics(folder: string, history: RunHistory): Promise<void> {
  const path = join(folder, METRICS_FILE);
  if (!existsSync(path)) return;
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  const kept = linesUpTo(lines, history);
  if (kept.length < lines.length) await writeAtomically(path, kept.map((line) => `${line}\n`).join(''));
}

/** The lines before the first one that the history does not have, by counting each type. */
export function linesUpTo(lines: readonly string[], history: RunHistory): string[] {
  const left: Record<string, number> = {
    progress: history.progress.length,
    epoch: history.epochs.length,
    wires: history.wires.length,
    warning: history.warnings.length,
  };
  const end = lines.findIndex((line) => {
    const type = typeOf(line);
    const remaining = type === undefined ? 0 : (left[type] ?? 0);
    if (type !== undefined) left[type] = remaining - 1;
    return remaining <= 0;
  });
  return end < 0 ? [...lines] : lines.slice(0, end);
}

/** Undefined for a line that was cut off when the process was killed. */
function typeOf(line: string): string | undefined {
  try {
    return (JSON.parse(line) as { type?: string }).type;
  } catch {
    return undefined;
  }
}
