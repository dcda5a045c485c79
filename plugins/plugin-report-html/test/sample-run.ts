import {
  Events,
  parseStack,
  type ContributionContext,
  type MatrixSnapshot,
  type Reporter,
  type RunDescription,
  type RunFolder,
} from '@txsim/core';
import { htmlReport } from '../src/index.js';

/** A run's folder that keeps its files in memory. */
export class MemoryFolder implements RunFolder {
  readonly files = new Map<string, string>();
  async write(name: string, content: string): Promise<void> {
    this.files.set(name, content);
  }
  append(name: string, line: string): void {
    this.files.set(name, `${this.files.get(name) ?? ''}${line}\n`);
  }
}

/** The reporter with events to feed it. */
export function openReport(
  run: RunDescription = sampleRun(),
  folder: RunFolder | undefined = new MemoryFolder(),
) {
  const events = new Events();
  const on: ContributionContext<unknown>['on'] = (name, listener) => events.on(name, listener);
  const context = { config: {}, label: 'report-html/html', on };
  const reporter = htmlReport.create(context as unknown as never) as Reporter;
  reporter.open?.(run, folder);
  return { events, reporter };
}

/** What a run looks like before it starts. */
export function sampleRun(): RunDescription {
  const stack = parseStack({
    plugins: ['wire-resistance', 'mnist'],
    seed: 7,
    dataset: { use: 'mnist' },
    network: { use: 'mlp', units: [256, 128], activation: 'relu' },
    stack: {
      device: { use: 'device-models/asymmetric-nonlinear', gMin: 1e-6, gMax: 1e-5, nu: 0.1 },
      mapping: { use: 'mapping/differential-pair', rows: 64, columns: 64, subtract: 'analog' },
      dac: { use: 'circuit-models/uniform-dac', bits: 8, scale: 'absMax', readVoltage: 0.2 },
      adc: { use: 'circuit-models/uniform-adc', bits: 8, range: { calibrate: 0.999 } },
      wire: { use: 'wire-resistance', method: 'auto', row: 2.5, column: 2.5, source: 500, sink: 100 },
      nonIdealities: [
        { use: 'device-variation', sigma: 0.1 },
        { use: 'write-noise', gamma: 3, enabled: false },
      ],
    },
    operations: { forward: 'analog', backward: 'analog', update: 'digital' },
    trainer: { use: 'trainers/sgd', learningRate: 0.1, batchSize: 16, epochs: 3 },
    reporters: [{ use: 'report-html' }],
  });
  const versions = { '@txsim/device-models': '0.1.0', '@txsim/plugin-wire-resistance': '0.2.3' };
  const history = { progress: [], epochs: [], snapshots: [], wires: [], warnings: [] };
  const number = (key: string, value: number, description: string) => ({ key, value, description });
  const device = {
    path: 'stack.device',
    use: 'device-models/asymmetric-nonlinear',
    description: 'Exponential response.',
    parameters: [
      number('gMin', 1e-6, 'smallest conductance, siemens'),
      number('gMax', 1e-5, 'largest conductance, siemens'),
      number('nu', 0.1, 'asymmetric non-linearity factor, dimensionless'),
    ],
  };
  const ohms = Object.entries({ row: 2.5, column: 2.5, source: 500, sink: 100 });
  const wire = {
    path: 'stack.wire',
    use: 'wire-resistance/wire-resistance',
    description: 'Wires.',
    parameters: ohms.map(([key, value]) => number(key, value, `${key}, ohms`)),
  };
  const layers = [
    { layer: 'dense_1', kind: 'Dense', matrices: ['dense_1'], digital: ['bias', 'relu'] },
    { layer: 'drop', kind: 'Dropout', matrices: [], digital: [] },
    { layer: 'dense_2', kind: 'Dense', matrices: ['dense_2'], digital: [] },
  ];
  return { stack, parts: [device, wire], layers, seed: 7, backend: 'wasm', versions, history };
}

/** A matrix whose conductances are spread around `mean`, and whose far corner loses most. */
export function sampleMatrix(name: string, mean: number, side = 8): MatrixSnapshot {
  const counts = Array.from({ length: 50 }, (_, i) => {
    const g = 1 + (9 * (i + 0.5)) / 50;
    return Math.round(9000 * Math.exp(-((g - mean) ** 2) / 1.5));
  });
  const values = Array.from({ length: side * side }, (_, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    return (0.02 + (0.1 * (side - row + column)) / side) * (1 + 0.15 * Math.sin(i * 12.9898));
  });
  return {
    name,
    inputs: 784,
    outputs: 256,
    tileRows: 13,
    tileColumns: 4,
    histogram: { gMin: 1e-6, gMax: 1e-5, counts },
    saturation: { gMin: 0.02, gMax: 0.01 },
    loss: { rows: side, columns: side, values },
  };
}

/** What the options leave out of the ordinary: three epochs with a digital twin. */
export interface SampleOptions {
  readonly epochs?: number;
  readonly planned?: number;
  readonly twin?: boolean;
  readonly after?: boolean;
  /** Rows and columns of a tile. */
  readonly side?: number;
}

/** Emits what a trainer emits. */
export function play(
  events: Events,
  { epochs = 3, planned = 3, twin = true, after = true, side = 8 }: SampleOptions = {},
) {
  const stepsPerEpoch = 600;
  events.emit('start', { epochs: planned, stepsPerEpoch, step: 0, twin });
  const names = ['dense_1', 'dense_2', 'dense_3'];
  events.emit('snapshot', { when: 'before', matrices: names.map((n) => sampleMatrix(n, 5.5, side)) });
  for (let step = 10; step <= epochs * stepsPerEpoch + 100 && step <= planned * stepsPerEpoch; step += 10) {
    const loss = 0.25 + 2 * Math.exp(-step / 180) + 0.06 * Math.sin(step * 7.1);
    const twinLoss = 0.12 + 2 * Math.exp(-step / 140) + 0.05 * Math.sin(step * 3.3);
    const epoch = Math.ceil(step / stepsPerEpoch);
    events.emit('progress', { step, epoch, loss, ...(twin ? { twinLoss } : {}) });
    if (step % stepsPerEpoch === 0) events.emit('epoch', epochMetrics(epoch, step, twin));
  }
  if (after)
    events.emit('snapshot', { when: 'after', matrices: names.map((n, i) => sampleMatrix(n, 4.2 + i, side)) });
}

const epochMetrics = (epoch: number, step: number, twin: boolean) => ({
  epoch,
  step,
  loss: 0.7 / epoch + 0.1,
  testLoss: 0.5 / epoch + 0.12,
  accuracy: 0.93 - 0.08 / epoch,
  ...(twin
    ? { twinLoss: 0.5 / epoch, twinTestLoss: 0.3 / epoch + 0.06, twinAccuracy: 0.965 - 0.05 / epoch }
    : {}),
});
