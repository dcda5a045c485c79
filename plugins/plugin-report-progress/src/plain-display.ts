import type { Display, Terminal } from './terminal.js';

/**
 * Plain lines, for logs: all that stay, and of the others at most one every `interval` seconds.
 *
 * @param now the time in seconds, of any origin
 */
export function plainDisplay(stream: Terminal, interval: number, now: () => number): Display {
  let last = now();
  const line = (text: string): void => void stream.write(`${text}\n`);
  return {
    start: () => {
      last = now();
    },
    progress: (_, text) => {
      if (now() - last < interval) return;
      last = now();
      line(text);
    },
    line,
    stop: () => {},
  };
}
