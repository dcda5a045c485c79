import type { Contribution, SpeedupPolicy, SpeedupSession } from '@txsim/core';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { uniformNumbers } from './support/expressions.js';
import { make } from './support/make.js';
import { describePromises, type Options } from './support/promises.js';

/** What `describeSpeedupPolicy` is told of a policy. */
export interface SpeedupPolicyOptions extends Options {
  /** Steps of each check; more than the policy's longest period. */
  readonly steps?: number;
  /** Whose results it gives where conductances stay: those of the model's method (default) or of the network itself. */
  readonly of?: 'method' | 'network';
}

const SHAPE: [number, number, number, number] = [1, 2, 4, 3];

/** Conductances of a step: they drift, and some cells are open. */
const conductances = (step: number): tf.Tensor4D => {
  const start = uniformNumbers(24, 1e-6, 1e-5, 1);
  const drift = uniformNumbers(24, -1e-8, 1e-8, 2);
  return tf.tensor4d(
    Float32Array.from(start, (g, i) => (i % 7 === 0 ? 0 : g + step * drift[i]!)),
    SHAPE,
  );
};

/** Stands for the solver of the wires: some loss that depends on the conductances. */
const solved = (g: tf.Tensor4D): tf.Tensor4D => tf.tidy(() => tf.div(g, tf.add(1, tf.mul(g, 2e4))));

/** Stands for the network itself, from which the solver's method differs a little. */
const exactly = (g: tf.Tensor4D): tf.Tensor4D => tf.tidy(() => tf.div(g, tf.add(1, tf.mul(g, 2.1e4))));

/** What holds for every policy: it solves first, forgets nothing and keeps nothing that is not its own. */
export function describeSpeedupPolicy(
  contribution: Contribution<SpeedupPolicy>,
  options: SpeedupPolicyOptions = {},
): void {
  const { steps = 25, of = 'method' } = options;
  const truth = of === 'method' ? solved : exactly;
  const open = (): SpeedupSession => make(contribution, options).open();

  /** One step: the result's values, and whether the network was solved. */
  const stepOf = async (
    session: SpeedupSession,
    step: number,
    at = step,
  ): Promise<{ values: number[]; solves: number }> => {
    let solves = 0;
    const g = conductances(at);
    const counted = (now: tf.Tensor4D): tf.Tensor4D => {
      solves++;
      return solved(now);
    };
    const result = session.effective(g, step, counted, exactly);
    const values = Array.from(await result.data());
    tf.dispose([g, result]);
    return { values, solves };
  };
  const run = async (session: SpeedupSession, from: number, to: number) => {
    const made = [];
    for (let step = from; step < to; step++) made.push(await stepOf(session, step));
    return made;
  };
  const exact = async (step: number): Promise<number[]> => {
    const [g, result] = tf.tidy(() => [conductances(step), truth(conductances(step))]);
    const values = Array.from(await result!.data());
    tf.dispose([g!, result!]);
    return values;
  };

  describePromises(`speed-up policy ${contribution.id}`, options, (promised) => {
    promised('the first call solves, whatever the step', async () => {
      for (const step of [0, 1, 1000]) {
        const session = open();
        const { values, solves } = await stepOf(session, step, 0);
        expect(solves).toBe(1);
        const expected = await exact(0);
        values.forEach((v, i) => expect(Math.abs(v - expected[i]!)).toBeLessThanOrEqual(1e-6 * expected[i]!));
        session.dispose();
      }
    });
    promised('as long as conductances stay, results are those of the solver', async () => {
      const session = open();
      const expected = await exact(3);
      for (let step = 0; step < steps; step++) {
        const { values } = await stepOf(session, step, 3);
        values.forEach((v, i) =>
          expect(Math.abs(v - expected[i]!)).toBeLessThanOrEqual(1e-6 * Math.abs(expected[i]!)),
        );
      }
      session.dispose();
    });
    promised(
      'a session that was saved and loaded goes on as the first one does, from every step',
      async () => {
        for (let at = 1; at < steps; at += 3) {
          const [first, second] = [open(), open()];
          await run(first, 0, at);
          const saved = first.save();
          await second.load(saved);
          tf.dispose({ ...saved });
          expect(await run(second, at, at + steps)).toEqual(await run(first, at, at + steps));
          first.dispose();
          second.dispose();
        }
      },
    );
    promised('loading what a fresh session saved makes a session fresh again', async () => {
      const [used, fresh] = [open(), open()];
      await run(used, 0, 2);
      await used.load(fresh.save());
      expect(await run(used, 2, steps)).toEqual(await run(fresh, 2, steps));
      used.dispose();
      fresh.dispose();
    });
    promised('sessions know nothing of one another', async () => {
      const [alone, disturbed, other] = [open(), open(), open()];
      const expected = await run(alone, 0, steps);
      const made = [];
      for (let step = 0; step < steps; step++) {
        made.push(await stepOf(disturbed, step));
        await stepOf(other, step, step + 5);
      }
      expect(made).toEqual(expected);
      for (const session of [alone, disturbed, other]) session.dispose();
    });
    promised('tensors do not pile up, and dispose leaves none', async () => {
      const before = tf.memory().numTensors;
      const session = open();
      await run(session, 0, steps);
      const warm = tf.memory().numTensors;
      await run(session, steps, 3 * steps);
      expect(tf.memory().numTensors).toBe(warm);
      tf.dispose({ ...session.save() });
      expect(tf.memory().numTensors).toBe(warm);
      session.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
