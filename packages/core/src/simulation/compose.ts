import { randomStream } from '@txsim/ops';
import { adc, dac } from '../contracts/converters.js';
import { backend, type Backend } from '../contracts/backend.js';
import { cellCurve } from '../contracts/cell-curve.js';
import { compensation } from '../contracts/compensation.js';
import { dataset } from '../contracts/dataset.js';
import { deviceModel } from '../contracts/device-model.js';
import { driver, sense } from '../contracts/periphery.js';
import { mapping } from '../contracts/mapping.js';
import { network } from '../contracts/network.js';
import { nonIdeality } from '../contracts/non-ideality.js';
import { reporter, type StackPart } from '../contracts/reporter.js';
import { speedupPolicy } from '../contracts/speedup-policy.js';
import { trainer } from '../contracts/trainer.js';
import { updateRule } from '../contracts/update-rule.js';
import { wireModel } from '../contracts/wire-model.js';
import type { ContributionContext } from '../plugin/context.js';
import { PluginError, Problems, StackError } from '../plugin/errors.js';
import type { ExtensionPoint, Point } from '../plugin/extension-point.js';
import type { Registration, Registry } from '../plugin/registry.js';
import { configure } from './configure.js';
import { Container } from './container.js';
import { Events } from './events.js';
import { describeConfig } from './parameters.js';
import type { Stack, Use } from './stack.js';

/** A stack put together: each contribution is created when it is first resolved, and once. */
export interface Simulation {
  readonly stack: Stack;
  readonly events: Events;
  resolve<Product>(point: ExtensionPoint<Product>): Product;
  resolveOptional<Product>(point: ExtensionPoint<Product>): Product | undefined;
  resolveAll<Product>(point: ExtensionPoint<Product>): readonly Labelled<Product>[];
  /** The label of a point's one contribution, for random streams and messages. */
  labelOf(point: Point): string;
  /** What the stack is made of, with all parameters. */
  readonly parts: readonly StackPart[];
  /** Name → version of the plugins in use. */
  readonly versions: Readonly<Record<string, string>>;
  /** Disposes what contributions registered, last created first. */
  dispose(): void;
}

/** A product with the name under which it stands in the stack. */
export interface Labelled<Product> {
  readonly label: string;
  readonly product: Product;
}

/** What a simulation needs of the machine it runs on. */
export interface Host {
  /** See `ContributionContext.readFile`. */
  readFile(specifier: string): Promise<Uint8Array>;
}

const NO_FILES: Host = {
  readFile: (specifier) => Promise.reject(new Error(`${specifier}: this host reads no files`)),
};

interface Slot {
  readonly token: symbol;
  readonly path: string;
  readonly label: string;
  readonly registration: Registration;
  readonly config: unknown;
}

/**
 * Puts a stack together from what is registered.
 *
 * @throws StackError naming everything that is wrong: unknown names, bad configurations, cycles, failures of `create`
 */
export function compose(stack: Stack, registry: Registry, host: Host = NO_FILES): Simulation {
  const slots = resolveSlots(stack, registry);
  const container = new Container();
  const events = new Events();
  const disposals: (() => void)[] = [];
  const creating: Slot[] = [];
  /** What failed fails again in the same way for everyone who asks for it. */
  const failures = new Map<Slot, unknown>();

  const of = (point: Point): Slot[] =>
    slots.filter((s) => s.registration.contribution.point.point === point.point);
  const resolveAll = <P>(point: ExtensionPoint<P>): Labelled<P>[] =>
    of(point).map((slot) => ({ label: slot.label, product: container.get<P>(slot.token) }));
  const resolveOptional = <P>(point: ExtensionPoint<P>): P | undefined => resolveAll(point)[0]?.product;
  const resolve = <P>(point: ExtensionPoint<P>): P => {
    const found = resolveOptional(point);
    if (found !== undefined) return found;
    throw new PluginError('CONTRIBUTION_NOT_FOUND', point.point, 'the stack has none');
  };

  const context = (slot: Slot): ContributionContext<unknown> => ({
    config: slot.config,
    label: slot.label,
    random: (...purpose) => randomStream(stack.seed, slot.label, ...purpose),
    resolve,
    resolveOptional,
    resolveAll: (point) => resolveAll(point).map((x) => x.product),
    on: (event, listener) => events.on(event, listener, culprit(slot)),
    readFile: (specifier) => host.readFile(specifier),
    onDispose: (dispose) => void disposals.push(dispose),
  });

  const create = (slot: Slot): unknown => {
    if (failures.has(slot)) throw failures.get(slot);
    if (creating.includes(slot)) {
      const cycle = [...creating.slice(creating.indexOf(slot)), slot].map((s) => s.label).join(' → ');
      throw new PluginError('PLUGIN_CYCLE', slot.label, cycle);
    }
    creating.push(slot);
    try {
      const product = slot.registration.contribution.create(context(slot) as ContributionContext<never>);
      if (product === undefined) throw new Error('create returned nothing');
      return product;
    } catch (cause) {
      const failure = named(cause, slot);
      failures.set(slot, failure);
      throw failure;
    } finally {
      creating.pop();
    }
  };

  for (const slot of slots) container.provide(slot.token, () => create(slot));
  const dispose = (): void => {
    while (disposals.length > 0) disposals.pop()!();
    events.removeAll();
    container.clear();
  };
  try {
    const problems = new Problems();
    for (const slot of slots) problems.attempt(() => container.get(slot.token));
    problems.throwIfAny();
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    stack,
    events,
    resolve,
    resolveOptional,
    resolveAll,
    parts: slots.map(describePart),
    labelOf: (point) => of(point)[0]?.label ?? point.point,
    versions: Object.fromEntries(
      slots
        .map(({ registration: { plugin } }) => [plugin.name, plugin.version])
        .sort(([a], [b]) => (a! < b! ? -1 : 1)),
    ),
    dispose,
  };
}

function describePart({ path, registration: { contribution, use }, config }: Slot): StackPart {
  const descriptions = new Map(describeConfig(contribution.config).map((p) => [p.key, p.description]));
  const parameters = Object.entries(config as object).map(([key, value]: [string, unknown]) => ({
    key,
    value,
    description: descriptions.get(key) ?? '',
  }));
  const { description, citation } = contribution;
  return { path, use, description, ...(citation === undefined ? {} : { citation }), parameters };
}

/** A choice in a stack file; without a point it is one of the extensions. */
interface Place {
  readonly point?: Point;
  readonly path: string;
  readonly use: Use | undefined;
}

/** What stands where in a stack file. */
function placesOf(stack: Stack): Place[] {
  const { stack: array } = stack;
  const many = (point: Point, path: string, uses: readonly Use[]) =>
    uses.map((use, i) => ({ point, path: `${path}.${i}`, use }));
  return [
    { point: dataset, path: 'dataset', use: stack.dataset },
    { point: network, path: 'network', use: stack.network },
    { point: deviceModel, path: 'stack.device', use: array.device },
    { point: cellCurve, path: 'stack.cell', use: array.cell },
    { point: mapping, path: 'stack.mapping', use: array.mapping },
    { point: dac, path: 'stack.dac', use: array.dac },
    { point: adc, path: 'stack.adc', use: array.adc },
    { point: driver, path: 'stack.driver', use: array.driver },
    { point: sense, path: 'stack.sense', use: array.sense },
    { point: wireModel, path: 'stack.wire', use: array.wire },
    { point: compensation, path: 'stack.compensation', use: array.compensation },
    { point: speedupPolicy, path: 'stack.speedup', use: array.speedup },
    { point: updateRule, path: 'stack.updateRule', use: array.updateRule },
    ...many(nonIdeality, 'stack.nonIdealities', array.nonIdealities),
    { point: trainer, path: 'trainer', use: stack.trainer },
    ...many(reporter, 'reporters', stack.reporters),
    ...stack.extensions.map((use, i) => ({ path: `extensions.${i}`, use })),
  ];
}

/** The points that have places of their own. */
const STANDARD: readonly Point[] = [
  ...[
    dataset,
    network,
    deviceModel,
    cellCurve,
    mapping,
    dac,
    adc,
    driver,
    sense,
    wireModel,
    compensation,
    speedupPolicy,
    updateRule,
  ],
  ...[nonIdeality, trainer, reporter, backend],
];

/** Points that a stack cannot do without, so that `enabled: false` is refused. */
const REQUIRED: readonly Point[] = [dataset, network, deviceModel, mapping, trainer];

function resolveSlots(stack: Stack, registry: Registry): Slot[] {
  const problems = new Problems();
  const slots: Slot[] = [];
  for (const { point, path, use } of placesOf(stack)) {
    if (!use) continue;
    if (use.enabled === false) {
      if (point && REQUIRED.includes(point)) {
        problems.add(
          new PluginError('STACK_INVALID', path, `a stack needs a ${point.point}; it cannot be disabled`),
        );
      }
      continue;
    }
    const registration = problems.attempt(() =>
      point ? registry.find(point, use.use) : registry.findExtension(use.use, STANDARD),
    );
    if (!registration) continue;
    const config = problems.attempt(() => configure(registration, use, path));
    const same = slots.filter((s) => s.registration.use === registration.use).length;
    const label = same === 0 ? registration.use : `${registration.use}#${same + 1}`;
    slots.push({ token: Symbol(path), path, label, registration, config });
  }
  problems.throwIfAny();
  return slots;
}

/** Says who failed to create; a failure that says so already stays as it is. */
const named = (cause: unknown, slot: Slot): unknown =>
  cause instanceof PluginError || cause instanceof StackError
    ? cause
    : new PluginError('CONTRIBUTION_CREATE', culprit(slot), `${slot.path}: ${messageOf(cause)}`, { cause });

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const culprit = ({ registration: { plugin }, label }: Slot): string =>
  `${plugin.name}@${plugin.version} ${label}`;

/** The backends that are registered, created without a stack: `doctor` and the choice of a backend need no more. */
export function createBackends(registry: Registry) {
  return registry.list(backend).map(({ contribution, use, plugin }) => ({
    name: contribution.id,
    use,
    plugin,
    backend: contribution.create({} as ContributionContext<never>) as Backend,
  }));
}
