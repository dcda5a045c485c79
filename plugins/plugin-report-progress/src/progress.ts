import { reporter, type ContributionContext, type Reporter } from '@txsim/core';
import { z } from 'zod';
import { barDisplay } from './bar-display.js';
import { plainDisplay } from './plain-display.js';
import type { Terminal } from './terminal.js';
import { duration, epochLine, progressLine, total, type Start } from './words.js';

const config = z.strictObject({
  interval: z
    .number()
    .positive()
    .default(10)
    .describe('least time between two progress lines where there is no terminal, seconds'),
});

/** What the words depend on beside the run, so that tests can hold it. */
export interface Surroundings {
  readonly stream: Terminal;
  /** The time in seconds, of any origin. */
  readonly now: () => number;
}

type Context = Pick<ContributionContext<z.infer<typeof config>>, 'config' | 'on' | 'onDispose'>;

/** The reporter on a stream of the caller's choice. */
export function createProgress(
  { config: { interval }, on, onDispose }: Context,
  around: Surroundings,
): Reporter {
  const { stream, now } = around;
  const display = stream.isTTY ? barDisplay(stream) : plainDisplay(stream, interval, now);
  let start: Start | undefined;
  let began = 0;
  const secondsLeft = (step: number): number | undefined => {
    if (!start || step <= start.step) return undefined;
    return ((now() - began) / (step - start.step)) * Math.max(0, total(start) - step);
  };
  on('start', (fact) => {
    start = fact;
    began = now();
    if (fact.step > 0) display.line(`continuing at step ${fact.step}/${total(fact)}`);
    display.start(total(fact), fact.step);
  });
  on('progress', (fact) => display.progress(fact.step, progressLine(fact, start, secondsLeft(fact.step))));
  on('epoch', (fact) => display.line(epochLine(fact, start)));
  on('warning', ({ source, message }) => display.line(`warning: ${source}: ${message}`));
  onDispose(() => display.stop());
  return {
    close: ({ interrupted, seconds }) => {
      display.stop();
      display.line(`${interrupted ? 'interrupted' : 'finished'} after ${duration(seconds)}`);
    },
  };
}

/** A bar on a terminal, plain lines elsewhere; on standard error, so that standard output stays a program's. */
export const progress = reporter({
  id: 'progress',
  description:
    'Progress on standard error: a bar on a terminal, plain lines elsewhere; one line per epoch, warnings.',
  config,
  create: (context) =>
    createProgress(context, { stream: process.stderr, now: () => performance.now() / 1000 }),
});
