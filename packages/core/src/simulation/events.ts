import { EventEmitter } from 'eventemitter3';
import { PluginError } from '../plugin/errors.js';

/** Facts of a run. Plugins add their own by declaration merging. */
export interface SimulationEvents {
  /** Training begins, or goes on at `step`. */
  start: {
    readonly epochs: number;
    readonly stepsPerEpoch: number;
    readonly step: number;
    readonly twin: boolean;
  };
  /** A mini-batch was learned. Losses are means over the steps since the last such event. */
  progress: {
    readonly step: number;
    readonly epoch: number;
    readonly loss: number;
    readonly twinLoss?: number;
  };
  /** An epoch is over and the test set was evaluated. */
  epoch: EpochMetrics;
  /** The arrays have something to show: before the first step and after the last. */
  snapshot: { readonly when: 'before' | 'after'; readonly matrices: readonly MatrixSnapshot[] };
  /** The wires of a matrix were probed. */
  wires: WireReport & { readonly step: number; readonly matrix: string };
  /** Something the user should know of, but which does not end the run. */
  warning: { readonly source: string; readonly message: string };
  /** The run is over. */
  end: { readonly interrupted: boolean; readonly seconds: number };
}

/** One line of the table of results. Losses are mean cross-entropies in nats, accuracies fractions. */
export interface EpochMetrics {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly testLoss: number;
  readonly accuracy: number;
  readonly twinLoss?: number;
  readonly twinTestLoss?: number;
  readonly twinAccuracy?: number;
}

/** What a probe of a matrix found: how far a method's currents are from those of the network. */
export interface WireReport {
  /** The method from now on. */
  readonly method: string;
  /**
   * |ΔI| / |I| of what the converters see, over all arrays and vectors, of the worse direction; differences where planes
   * are subtracted.
   */
  readonly error: number;
  /** The same of either direction; backward where the matrix is driven from there. */
  readonly errors: { readonly forward: number; readonly backward?: number };
  /** What is accepted of it. */
  readonly tolerance: number;
  /** Vectors that were solved exactly, of each direction. */
  readonly vectors: number;
  /** How far the curve of the cells bends up to the read voltage, βV; absent where cells are linear. */
  readonly bend?: number;
  /** The largest ρ_b of the arrays, in [0, 1): above 0.6 most of the current is lost. */
  readonly severity: number;
  /** Methods that were given up in this probe, with their errors. */
  readonly rejected: readonly { readonly method: string; readonly error: number }[];
}

/** Pulses of the used devices of a matrix since it was programmed. */
export interface PulseStatistics {
  readonly total: number;
  /** Per device; the quantiles are those of the devices. */
  readonly mean: number;
  readonly median: number;
  readonly quantile99: number;
  readonly largest: number;
  /** The change that was made in the direction asked for, over the one asked for: 1 where each pulse makes its nominal step. */
  readonly efficiency: number;
}

/** What reports draw of one analog matrix. */
export interface MatrixSnapshot {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly tileRows: number;
  readonly tileColumns: number;
  /** Counts of used devices in equal bins over [gMin, gMax], siemens. */
  readonly histogram: { readonly gMin: number; readonly gMax: number; readonly counts: readonly number[] };
  /** Fractions of the used devices that hold gMin and gMax, to within a thousandth of the window. */
  readonly saturation: { readonly gMin: number; readonly gMax: number };
  /** What updates asked of the devices; absent where pulses are not counted. */
  readonly pulses?: PulseStatistics;
  /** The first plane of one tile, its unused lines left out: 1 − Geff/G per cell, `rows × columns`, row by row. */
  readonly loss: { readonly rows: number; readonly columns: number; readonly values: readonly number[] };
}

type Listener<Name extends keyof SimulationEvents> = (fact: SimulationEvents[Name]) => void;

/** Typed events. A fact reaches everyone who listens; those who throw are named in LISTENER_FAILED errors. */
export class Events {
  readonly #emitter = new EventEmitter();
  #failed: PluginError[] = [];

  /** @param owner who listens, for messages */
  on<Name extends keyof SimulationEvents>(name: Name, listener: Listener<Name>, owner = 'listener'): void {
    this.#emitter.on(name, (fact: SimulationEvents[Name]) => {
      try {
        listener(fact);
      } catch (cause) {
        const detail = `on "${name}": ${cause instanceof Error ? cause.message : String(cause)}`;
        this.#failed.push(new PluginError('LISTENER_FAILED', owner, detail, { cause }));
      }
    });
  }

  /** @throws PluginError LISTENER_FAILED of the first listener that failed, once all have heard */
  emit<Name extends keyof SimulationEvents>(name: Name, fact: SimulationEvents[Name]): void {
    this.#emitter.emit(name, fact);
    const [first] = this.#failed;
    this.#failed = [];
    if (first) throw first;
  }

  removeAll(): void {
    this.#emitter.removeAllListeners();
  }
}
