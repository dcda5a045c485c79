import { disposePass, type RunHistory, type TrainableModel, type Events } from '@txsim/core';
import { crossEntropy, type Batch } from './batch.js';

/** ρ_b above which most of the current is lost: seven eighths at the median. */
const SEVERE = 0.6;

/** Whom warnings about wires come from. */
const SOURCE = '@txsim/trainers';

/** What a probe needs of a training run. */
interface Watched {
  readonly model: TrainableModel;
  readonly events: Events;
  readonly history: RunHistory;
}

/**
 * Compares the wires of all matrices with their exact solution on vectors of a batch, without learning from it, and
 * tells what was found. A matrix is warned of once.
 */
export async function probe({ model, events, history }: Watched, batch: Batch, step: number): Promise<void> {
  const pass = model.pass(() => crossEntropy(model.network, batch));
  for (const { matrix, x, d, drivenBackward } of pass.signals) {
    const report = await matrix.probe(x, drivenBackward ? d : undefined);
    if (!report) continue;
    const { severity, error, tolerance, method } = report;
    const before = history.wires.filter((fact) => fact.matrix === matrix.name);
    if (severity > SEVERE && !before.some((fact) => fact.severity > SEVERE)) {
      const lost = `${matrix.name}: the wires take most of the current (severity ρ_b = ${severity.toFixed(2)})`;
      events.emit('warning', { source: SOURCE, message: `${lost}; smaller tiles or higher resistances lose less` }); // prettier-ignore
    }
    if (error > tolerance && !before.some((fact) => fact.error > fact.tolerance)) {
      const found = `${matrix.name}: ${percent(error)} of the output is the error of the wire method ${method}`;
      events.emit('warning', { source: SOURCE, message: `${found}, more than the tolerance ${percent(tolerance)}` }); // prettier-ignore
    }
    events.emit('wires', { step, matrix: matrix.name, ...report });
  }
  disposePass(pass);
}

const percent = (fraction: number): string => `${(100 * fraction).toPrecision(2)} %`;
