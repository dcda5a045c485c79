/** Where the words go: a terminal, or a file that only takes lines. `process.stderr` is one. */
export interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Shows how far a run is, between the lines that stay. */
export interface Display {
  start(total: number, step: number): void;
  /** @param line what to show now; a display of plain lines may leave it out */
  progress(step: number, line: string): void;
  /** Writes a line that stays. */
  line(text: string): void;
  /** Takes away what does not stay. */
  stop(): void;
}
