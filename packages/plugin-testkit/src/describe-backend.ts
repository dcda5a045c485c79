import { promiseExpressions } from './backend/evaluate.js';
import { parityOf } from './backend/parity.js';
import { promisePulses } from './backend/pulses.js';
import { promiseReads } from './backend/reads.js';
import { promiseTiles } from './backend/tiles.js';
import { promiseTraining } from './backend/training.js';
import { promiseWires } from './backend/wires.js';
import { describePromises, type Options } from './support/promises.js';

/** What `describeBackend` is told of an engine. */
export interface BackendOptions extends Pick<Options, 'exempt'> {
  /**
   * Whether arithmetic is that of IEEE 754: each operation rounds once, and subnormal numbers are kept. Otherwise
   * divisions may be wrong by 2.5 units in the last place, a · b + c may round once, and subnormal numbers become 0.
   */
  readonly ieee?: boolean;
  /** Random shapes and expressions per promise; 30. */
  readonly runs?: number;
}

/**
 * What holds for every backend: the operations of @txsim/ops, and those of tfjs that training stands on, give what
 * tfjs' `cpu` backend gives.
 */
export function describeBackend(
  name: string,
  activate: () => Promise<unknown>,
  options: BackendOptions = {},
): void {
  const { exempt, ieee = true, runs = 30 } = options;
  const parity = parityOf(activate, ieee, runs);

  describePromises(`backend ${name}`, { ...(exempt && { exempt }), activate }, (promised) => {
    promiseExpressions(promised, parity);
    promiseTiles(promised, parity);
    promiseWires(promised, parity);
    promiseReads(promised, parity);
    promisePulses(promised, parity);
    promiseTraining(promised, parity);
  });
}
