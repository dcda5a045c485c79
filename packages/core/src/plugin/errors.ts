/** Every error code of the plugin system; `docs/errors.md` explains each. */
export const ERROR_CODES = [
  'PLUGIN_NOT_FOUND',
  'PLUGIN_INVALID',
  'PLUGIN_ENGINE',
  'PLUGIN_DUPLICATE',
  'PLUGIN_CYCLE',
  'CONTRIBUTION_NOT_FOUND',
  'CONTRIBUTION_CONFIG',
  'CONTRIBUTION_CREATE',
  'CONTRIBUTION_STAGE',
  'CONTRIBUTION_VALUE',
  'CONTRIBUTION_LEAK',
  'STACK_INVALID',
  'LISTENER_FAILED',
  'STEP_FAILED',
  'BACKEND_UNAVAILABLE',
  'DATASET_INVALID',
  'DEVICE_MAP_INVALID',
  'CHECKPOINT_INVALID',
  'UPDATE_UNSUPPORTED',
  'STUDY_INVALID',
] as const;

/** One of the codes that `docs/errors.md` explains. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A failure with a code, and the name of who is at fault: a plugin, a contribution, a file. */
export class PluginError extends Error {
  override readonly name = 'PluginError';

  constructor(
    readonly code: ErrorCode,
    readonly culprit: string,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${code} [${culprit}] ${detail}`, options);
  }
}

/** All that is wrong with a stack, at once. */
export class StackError extends Error {
  override readonly name = 'StackError';

  constructor(readonly problems: readonly PluginError[]) {
    super(problems.map((p) => p.message).join('\n'));
  }
}

/** Collects failures, so that the user hears of all of them in one message, and of each once. */
export class Problems {
  readonly #found: PluginError[] = [];

  add(error: unknown): void {
    if (error instanceof StackError) error.problems.forEach((p) => this.add(p));
    else if (!(error instanceof PluginError)) throw error;
    else if (!this.#found.includes(error)) this.#found.push(error);
  }

  /** Runs `step`; what it throws as a plugin or stack error is collected, and the result is then undefined. */
  attempt<T>(step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      this.add(error);
      return undefined;
    }
  }

  /** @throws StackError if anything was collected */
  throwIfAny(): void {
    if (this.#found.length > 0) throw new StackError(this.#found);
  }
}
