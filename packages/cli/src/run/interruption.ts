const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Ctrl-C as an abort signal: the first one asks the run to end, the next one ends the process at once. */
export function listenForInterruption(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const stop = (): void => SIGNALS.forEach((name) => void process.off(name, interrupt));
  const interrupt = (): void => {
    stop();
    controller.abort();
    process.stderr.write('\nending after this batch, with a checkpoint; Ctrl-C again ends at once\n');
  };
  SIGNALS.forEach((name) => void process.on(name, interrupt));
  return { signal: controller.signal, stop };
}
