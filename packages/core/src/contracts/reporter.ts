import { defineExtensionPoint } from '../plugin/extension-point.js';
import type { EpochMetrics, SimulationEvents } from '../simulation/events.js';
import type { Stack } from '../simulation/stack.js';

/** The facts of a run so far, as a checkpoint remembers them; empty where a run begins. */
export interface RunHistory {
  readonly progress: readonly SimulationEvents['progress'][];
  readonly epochs: readonly EpochMetrics[];
  readonly snapshots: readonly SimulationEvents['snapshot'][];
  readonly wires: readonly SimulationEvents['wires'][];
  readonly warnings: readonly SimulationEvents['warning'][];
}

/** A part of a stack with all its parameters, defaults included. */
export interface StackPart {
  /** Where it stands in the stack file, e.g. `stack.device`. */
  readonly path: string;
  /** `namespace/id` */
  readonly use: string;
  readonly description: string;
  readonly citation?: string;
  readonly parameters: readonly {
    readonly key: string;
    readonly value: unknown;
    /** What it is, with its unit. */
    readonly description: string;
  }[];
}

/** Where a layer of the network is computed. */
export interface LayerPlace {
  /** `outer/inner` inside another one. */
  readonly layer: string;
  /** Its class, e.g. `Conv2D`. */
  readonly kind: string;
  /** Names of its matrices on arrays; none where the whole layer is digital. */
  readonly matrices: readonly string[];
  /** What is digital of a layer that has matrices, e.g. `bias`. */
  readonly digital: readonly string[];
}

/** What is known of a run before it starts. */
export interface RunDescription {
  readonly stack: Stack;
  /** What the stack is made of; parts that are left out are not here. */
  readonly parts: readonly StackPart[];
  /** The layers of the network, in its order. */
  readonly layers: readonly LayerPlace[];
  readonly seed: number;
  readonly backend: string;
  /** Plugin name → version. */
  readonly versions: Readonly<Record<string, string>>;
  /** What happened before, where the run goes on from a checkpoint. */
  readonly history: RunHistory;
}

/** Where a reporter leaves its files; names are relative to the run's folder and writing is atomic. */
export interface RunFolder {
  write(name: string, content: string): Promise<void>;
  append(name: string, line: string): void;
}

/** What `close` learns of the run's end. */
export interface RunResult {
  readonly interrupted: boolean;
  readonly seconds: number;
  /** Why the run could not go on, where it failed. */
  readonly failure?: string;
}

/** Tells people or programs how a run goes. It listens with `on` from its context. */
export interface Reporter {
  open?(run: RunDescription, folder: RunFolder | undefined): void;
  close?(result: RunResult): Promise<void> | void;
}

/** Those who tell of the run. */
export const reporter = defineExtensionPoint<Reporter>('reporter', 'many');
