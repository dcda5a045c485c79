import { PluginError, type UpdateRequest } from '@txsim/core';
import { evaluateAll, planeShape, type Draw, type Expression, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { conductExpression } from './conduct.js';
import { ofPlane } from './planes.js';
import { programExpression } from './program.js';
import { updateExpression } from './update.js';

/** Calls in a row that may leave tensors behind: whoever keeps a memory has it after a few. */
const PATIENCE = 8;

/** Where a value was made, and by whom. */
export interface Place {
  readonly matrix: string;
  readonly stage: string;
  readonly by: string;
}

/**
 * What strict runs look at: values at the boundaries of stages. They are noted while a step runs and judged when it is
 * over, because stages never wait for the device.
 */
export class Inspection {
  #noted: { readonly place: Place; readonly differences: tf.Tensor }[] = [];

  /** @param value of tiles [tileRows, tileColumns, rows, columns], or of outputs */
  note(place: Place, value: tf.Tensor): void {
    // x − x is 0, and NaN where x is not finite.
    const within = value.rank === 4 ? [2, 3] : undefined;
    const differences = tf.tidy(() => tf.keep(tf.sum(tf.sub(value, value), within)));
    this.#noted.push({ place, differences });
  }

  /**
   * Judges what was noted since the last call.
   *
   * @param when for messages, e.g. `step 12`
   * @throws PluginError CONTRIBUTION_VALUE naming the first that gave a value that is not finite
   */
  async settle(when: string): Promise<void> {
    const noted = this.#noted.splice(0);
    try {
      for (const { place, differences } of noted) {
        const found = (await differences.data()).findIndex((sum) => sum !== 0);
        if (found < 0) continue;
        const columns = differences.shape[1] ?? 1;
        const tile =
          differences.rank === 2 ? `, tile (${Math.floor(found / columns)}, ${found % columns})` : '';
        const where = `${when}, ${place.matrix}${tile}, ${place.stage} stage`;
        throw new PluginError('CONTRIBUTION_VALUE', place.by, `${where}: a value that is not finite`);
      }
    } finally {
      for (const { differences } of noted) differences.dispose();
    }
  }

  dispose(): void {
    for (const { differences } of this.#noted.splice(0)) differences.dispose();
  }
}

/** Counts calls in a row after which there are more tensors than before. */
export class Growth {
  #grown = 0;

  /** @returns whether it happened so often that it is a leak */
  leaks(kept: number): boolean {
    this.#grown = kept > 0 ? this.#grown + 1 : 0;
    return this.#grown >= PATIENCE;
  }
}

type InspectedStage = 'program' | 'update' | 'conduct';

interface Boundary {
  readonly by: string;
  readonly made: Expression;
}

/** The boundaries of one matrix' stages. */
export class InspectedStages {
  readonly #boundaries: Readonly<Record<InspectedStage, readonly Boundary[]>>;
  readonly #growth = new Growth();

  constructor(
    readonly inspection: Inspection,
    readonly matrix: string,
    readonly grid: TileGrid,
    model: ArrayModel,
    weightRange: number,
  ) {
    const collect = (make: (plane: number, trace: (by: string, made: Expression) => void) => unknown) => {
      const found: Boundary[] = [];
      for (let p = 0; p < model.mapping.planes; p++)
        make(p, (by, made) => found.push({ by, made: ofPlane(made, p) }));
      return found;
    };
    this.#boundaries = {
      program: collect((p, trace) => programExpression(model, p, trace)),
      update: collect((p, trace) => updateExpression(model, p, weightRange, trace)),
      conduct: collect((p, trace) => conductExpression(model, p, false, trace)),
    };
  }

  /** Makes the values at each boundary of a stage, with the numbers that the stage itself draws. */
  look(stage: InspectedStage, inputs: Readonly<Record<string, tf.Tensor>>, noise: Draw): void {
    const boundaries = this.#boundaries[stage];
    if (boundaries.length === 0) return;
    tf.tidy(() => {
      const made = evaluateAll(boundaries.map((b) => b.made), inputs, planeShape(this.grid), noise); // prettier-ignore
      made.forEach((value, i) => this.note(stage, boundaries[i]!.by, value));
    });
  }

  note(stage: string, by: string, value: tf.Tensor): void {
    this.inspection.note({ matrix: this.matrix, stage, by }, value);
  }

  /** @throws PluginError CONTRIBUTION_VALUE or CONTRIBUTION_LEAK if the update rule's answer is not what it must be */
  request(ask: () => UpdateRequest): UpdateRequest {
    const before = tf.memory().numTensors;
    const request = tf.tidy(ask);
    const given = Object.values(request).filter((part) => part instanceof tf.Tensor);
    const kept = tf.memory().numTensors - before - given.length;
    const fail = (code: 'CONTRIBUTION_VALUE' | 'CONTRIBUTION_LEAK', detail: string): never => {
      throw new PluginError(code, 'stack.updateRule', `${this.matrix}, update stage: ${detail}`);
    };
    if (this.#growth.leaks(kept)) fail('CONTRIBUTION_LEAK', `it keeps ${kept} tensors with every call`);
    const expected = planeShape(this.grid).join(', ');
    for (const tensor of request.kind === 'trains' ? [] : given) {
      const shape = tensor.shape.join(', ');
      if (shape !== expected) fail('CONTRIBUTION_VALUE', `shape [${shape}], expected [${expected}]`);
      this.note('update', 'stack.updateRule', tensor);
    }
    return request;
  }

  /** What the wires make of the conductances. @throws PluginError CONTRIBUTION_VALUE if they have another shape */
  wires(effective: readonly tf.Tensor[]): void {
    const expected = planeShape(this.grid).join(', ');
    for (const g of effective) {
      const shape = g.shape.join(', ');
      if (shape !== expected) {
        const detail = `${this.matrix}, wire stage: shape [${shape}], expected [${expected}]`;
        throw new PluginError('CONTRIBUTION_VALUE', 'stack.wire', detail);
      }
      this.note('wire', 'stack.wire', g);
    }
  }
}
