import { definePlugin, reporter, type MatrixSnapshot, type Plugin } from '@txsim/core';
import { z } from 'zod';
import { VERSION } from '../version.js';

/** How far a run is, and what it is made of. */
export interface Watched {
  step: number;
  steps: number;
  loss?: number;
  epochs: number;
  epochsDone: number;
  devices: number;
  /** Of one plane. */
  arrays: number;
}

/** The reporter's name in a stack. */
export const WATCH = 'sweep/watch';

/** A plugin whose reporter tells one function how the current run goes. */
export const watchPlugin = (tell: (watched: Watched) => void): Plugin =>
  definePlugin({
    name: '@txsim/cli',
    version: VERSION,
    namespace: 'sweep',
    engines: { txsim: '^0.1.0' },
    contributes: [
      reporter({
        id: 'watch',
        description: 'Tells the sweep how a run goes.',
        config: z.strictObject({}),
        create: ({ on }) => {
          const watched: Watched = { step: 0, steps: 0, epochs: 0, epochsDone: 0, devices: 0, arrays: 0 };
          const change = (next: Partial<Watched>): void => tell(Object.assign(watched, next));
          on('start', ({ epochs, stepsPerEpoch, step }) =>
            change({
              step,
              epochs,
              steps: epochs * stepsPerEpoch,
              epochsDone: Math.floor(step / stepsPerEpoch),
            }),
          );
          on('progress', ({ step, loss }) => change({ step, loss }));
          on('epoch', ({ epoch }) => change({ epochsDone: epoch }));
          on('snapshot', ({ matrices }) => change(sizesOf(matrices)));
          return {
            open: ({ history: { snapshots } }) => snapshots.forEach((s) => change(sizesOf(s.matrices))),
          };
        },
      }),
    ],
  });

const sizesOf = (matrices: readonly MatrixSnapshot[]): Pick<Watched, 'devices' | 'arrays'> => ({
  devices: sum(matrices.flatMap(({ histogram }) => histogram.counts)),
  arrays: sum(matrices.map(({ tileRows, tileColumns }) => tileRows * tileColumns)),
});

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
