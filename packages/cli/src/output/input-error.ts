/** One thing that is wrong with the input. */
export interface Problem {
  /** See `docs/errors.md`, where it has one. */
  readonly code?: string;
  readonly message: string;
}

/** The input is wrong: the user is told, without a stack trace, and the exit code is 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** What may help, after the problems. */
  readonly hint: string | undefined;

  constructor(
    message: string,
    readonly problems: readonly Problem[] = [],
    options: ErrorOptions & { readonly hint?: string | undefined } = {},
  ) {
    super(message, options);
    this.hint = options.hint;
  }
}
