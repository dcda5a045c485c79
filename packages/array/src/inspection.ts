import { PluginError, type UpdateRequest } from '@txsim/core';
import { evaluateAll, planeShape, type Draw, type Expression, type TileGrid } from '@txsim/ops';
import * as tf from '@tensorflow/tfjs';
import type { ArrayModel } from './array-model.js';
import { conductExpression } from './conduct.js';
import { Keeping } from './keeping.js';
import { ofPlane } from './planes.js';
import { programExpression } from './program.js';
import { updateExpressions, type PlaneTrace } from './update.js';

/** Where a value was made, and by whom. */
export interface Place {
  readonly matrix: string;
  readonly stage: string;
  readonly by: string;
}

/**
 * What strict runs look at: what contributions keep, and values at the boundaries of stages. These are noted while a
 * step runs and judged when it is over, because stages never wait for the device.
 */
export class Inspection {
  readonly keeping = new Keeping();
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
   * @throws PluginError CONTRIBUTION_VALUE naming the first that gave a value that is not finite; CONTRIBUTION_LEAK
   */
  async settle(when: string): Promise<void> {
    this.keeping.settle(when);
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

type InspectedStage = 'program' | 'update' | 'conduct';

interface Boundary {
  readonly by: string;
  readonly made: Expression;
}

/** The boundaries of one matrix' stages. */
export class InspectedStages {
  readonly #boundaries: Readonly<Record<InspectedStage, readonly Boundary[]>>;

  constructor(
    readonly inspection: Inspection,
    readonly matrix: string,
    readonly grid: TileGrid,
    model: ArrayModel,
    weightRange: number,
  ) {
    const planes = Array.from({ length: model.mapping.planes }, (_, p) => p);
    const collect = (make: (found: PlaneTrace) => void): Boundary[] => {
      const found: Boundary[] = [];
      make((plane, by, made) => void found.push({ by, made: ofPlane(made, plane) }));
      return found;
    };
    this.#boundaries = {
      program: collect((found) =>
        planes.forEach((p) => programExpression(model, p, (by, e) => found(p, by, e))),
      ),
      update: collect((found) => updateExpressions(model, weightRange, found)),
      conduct: collect((found) =>
        planes.forEach((p) => conductExpression(model, p, false, (by, e) => found(p, by, e))),
      ),
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

  /** @throws PluginError CONTRIBUTION_VALUE if what the update rule asks for has another shape than the tiles */
  asked(request: UpdateRequest): void {
    if (request.kind === 'trains') return;
    const expected = planeShape(this.grid).join(', ');
    for (const tensor of Object.values(request).filter((part) => part instanceof tf.Tensor)) {
      const shape = tensor.shape.join(', ');
      if (shape !== expected) {
        const detail = `${this.matrix}, update stage: shape [${shape}], expected [${expected}]`;
        throw new PluginError('CONTRIBUTION_VALUE', 'stack.updateRule', detail);
      }
      this.note('update', 'stack.updateRule', tensor);
    }
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
