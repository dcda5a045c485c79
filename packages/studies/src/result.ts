import type { StudyPlan, StudyRun } from './plan.js';

/** What came of a run, as it lies on disk. */
export interface RunResult {
  readonly id: string;
  readonly point: number;
  readonly seed: number;
  /** Axis → value. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Fraction of the test set; null where the run failed. */
  readonly accuracy: number | null;
  /** Of the digital reference; absent where another run of the study trains it. */
  readonly digitalAccuracy?: number;
  /** Mean cross-entropy of the test set, nats; null where it is no number. */
  readonly loss: number | null;
  /** Accuracy after each epoch. */
  readonly accuracies: readonly number[];
  /** Devices, and arrays of one plane. */
  readonly devices: number;
  readonly arrays: number;
  /** What went wrong. */
  readonly error?: string;
  readonly warnings: readonly string[];
  /** What differs from one machine or time to the next. */
  readonly made: MadeOn;
}

/** Where, when and how long. */
export interface MadeOn {
  readonly seconds: number;
  readonly backend: string;
  readonly platform: string;
  readonly cpu: string;
  readonly node: string;
  readonly txsim: string;
}

/** A run of the plan with its result and its digital reference. */
export interface Outcome extends RunResult {
  readonly run: StudyRun;
}

/** The finished runs of a plan in its order, each with the digital accuracy of its kind. */
export function outcomesOf(plan: StudyPlan, results: ReadonlyMap<string, RunResult>): Outcome[] {
  const digital = new Map<string, number>();
  for (const { id, digitalKey } of plan.runs) {
    const accuracy = results.get(id)?.digitalAccuracy;
    if (accuracy !== undefined) digital.set(digitalKey, accuracy);
  }
  return plan.runs.flatMap((run) => {
    const result = results.get(run.id);
    const digitalAccuracy = digital.get(run.digitalKey);
    return result ? [{ ...result, run, ...(digitalAccuracy !== undefined && { digitalAccuracy }) }] : [];
  });
}

const row = ({ id, point, seed, run, accuracy, digitalAccuracy, loss, devices, arrays, error }: Outcome) => ({
  id,
  point,
  ...(run.point.label !== undefined && { label: run.point.label }),
  seed,
  values: run.point.values,
  costs: run.point.costs,
  accuracy,
  digitalAccuracy: digitalAccuracy ?? null,
  loss,
  devices,
  arrays,
  ...(error !== undefined && { error }),
});

/** One JSON object per finished run, in the order of the plan; it holds nothing that depends on the machine's speed. */
export const jsonLines = (outcomes: readonly Outcome[]): string =>
  outcomes.map((outcome) => `${JSON.stringify(row(outcome))}\n`).join('');

/** The same as comma-separated values (RFC 4180), a column for each axis and each cost. */
export function csv(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(row).map(({ values, costs, ...rest }) => {
    const { id, point, label, seed, ...measured } = rest as Record<string, unknown>;
    return { id, point, label, ...values, seed, ...measured, ...costs };
  });
  const columns = [
    ...new Set(
      rows.flatMap((r) =>
        Object.entries(r)
          .filter(([, v]) => v !== undefined)
          .map(([k]) => k),
      ),
    ),
  ];
  const lines = rows.map((r) =>
    columns.map((column) => cell((r as Record<string, unknown>)[column])).join(','),
  );
  return [columns.map(cell).join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
