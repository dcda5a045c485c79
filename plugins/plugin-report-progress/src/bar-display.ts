import cliProgress from 'cli-progress';
import type { Display, Terminal } from './terminal.js';

/** A bar on the last line of a terminal; lines that stay are written above it. */
export function barDisplay(stream: Terminal): Display {
  let at: { total: number; step: number; text: string } | undefined;
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {percentage} %  {text}',
      stream: stream as NodeJS.WritableStream,
      barsize: 24,
      clearOnComplete: true,
      // Trims to the terminal's width, and leaves no setting changed when the run is killed.
      linewrap: true,
      gracefulExit: false,
    },
    cliProgress.Presets.shades_classic,
  );
  const show = (): void => {
    if (at) bar.start(at.total, at.step, { text: at.text });
  };
  return {
    start: (total, step) => {
      at = { total, step, text: '' };
      show();
    },
    progress: (step, text) => {
      if (at) at = { ...at, step, text };
      bar.update(step, { text });
    },
    line: (text) => {
      bar.stop();
      stream.write(`${text}\n`);
      show();
    },
    stop: () => {
      at = undefined;
      bar.stop();
    },
  };
}
