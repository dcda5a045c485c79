import { Events, type Contribution, type ContributionContext, type ExtensionPoint } from '@txsim/core';
import { randomStream } from '@txsim/ops';

/** What the context of a contribution is made of. */
export interface Surroundings {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly seed?: number;
  /** Contributions that the one under test resolves; they are made with their defaults. */
  readonly given?: readonly Contribution[];
  readonly readFile?: (specifier: string) => Promise<Uint8Array>;
  readonly events?: Events;
  readonly onDispose?: (dispose: () => void) => void;
}

/** A configuration completed with defaults. @throws Error with the schema's messages if it is refused */
export function configOf(
  contribution: Contribution,
  config: Readonly<Record<string, unknown>> = {},
): unknown {
  const result = contribution.config['~standard'].validate(config);
  if (result instanceof Promise)
    throw new TypeError(`${contribution.id}: the schema must not be asynchronous`);
  if (!result.issues) return result.value;
  const issues = result.issues.map(({ path, message }) => `${path?.join('.') ?? ''}: ${message}`);
  throw new Error(`${contribution.id} refuses ${JSON.stringify(config)}: ${issues.join('; ')}`);
}

/** Makes the product of a contribution outside of a simulation. */
export function make<Product>(contribution: Contribution<Product>, around: Surroundings = {}): Product {
  const { seed = 1, given = [], events = new Events() } = around;
  const label = `testkit/${contribution.id}`;
  const resolveAll = <P>(point: ExtensionPoint<P>): P[] =>
    given
      .filter((c) => c.point.point === point.point)
      .map((c) => make(c as Contribution<P>, { seed, events }));
  const context: ContributionContext<unknown> = {
    config: configOf(contribution, around.config),
    label,
    random: (...purpose) => randomStream(seed, label, ...purpose),
    resolveAll,
    resolveOptional: (point) => resolveAll(point)[0],
    resolve: (point) => {
      const [found] = resolveAll(point);
      if (found === undefined) throw new Error(`${label} resolves a ${point.point}; name one in "given"`);
      return found;
    },
    on: (event, listener) => events.on(event, listener, label),
    readFile:
      around.readFile ?? ((path) => Promise.reject(new Error(`${path}: no file is given to ${label}`))),
    onDispose: around.onDispose ?? (() => undefined),
  };
  return contribution.create(context as ContributionContext<never>);
}
