import type { RandomStream } from '@txsim/ops';
import type { SimulationEvents } from '../simulation/events.js';
import type { ExtensionPoint } from './extension-point.js';

/** What a contribution gets when it is created: all it may know of the simulation it is part of. */
export interface ContributionContext<Config> {
  readonly config: Config;
  /** The name under which the contribution stands in this stack, e.g. `write-noise/write-noise`. */
  readonly label: string;
  /** A random stream of this contribution's own, one per purpose. */
  random(...purpose: string[]): RandomStream;
  /** The contribution of a point with multiplicity one; it is created now if it was not yet. */
  resolve<Product>(point: ExtensionPoint<Product>): Product;
  /** The same, or undefined where the stack has none. */
  resolveOptional<Product>(point: ExtensionPoint<Product>): Product | undefined;
  /** All contributions of a point, in stack order. */
  resolveAll<Product>(point: ExtensionPoint<Product>): readonly Product[];
  /** Listens to a fact of the run. */
  on<Name extends keyof SimulationEvents>(
    event: Name,
    listener: (fact: SimulationEvents[Name]) => void,
  ): void;
  /**
   * The bytes of a file: a path (relative to the stack file), or `package/path` of an installed package.
   * @throws Error if the file cannot be read
   */
  readFile(specifier: string): Promise<Uint8Array>;
  /** Called when the simulation is disposed, last created first. */
  onDispose(dispose: () => void): void;
}
