/** What the exit code of `txsim` says. */
export const ExitCode = {
  done: 0,
  /** A run failed. */
  failed: 1,
  /** The input is wrong. */
  wrongInput: 2,
  /** Ended by Ctrl-C, with a checkpoint. */
  interrupted: 130,
} as const;
