import { neurosimExponential } from '../neurosim-exponential.js';
import type { Preset } from './preset.js';

interface Published {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  /** Pulses of potentiation and of depression. */
  readonly states: readonly [number, number];
  /** Labels of potentiation and of depression. */
  readonly labels: readonly [number, number];
  /** Resistance of the on state, ohms. */
  readonly onResistance: number;
  readonly onOff: number;
  /** Fraction of the window. */
  readonly cycleToCycle: number;
}

const device = ({
  id,
  name,
  source,
  states,
  labels,
  onResistance,
  onOff,
  cycleToCycle,
}: Published): Preset => ({
  id,
  model: neurosimExponential,
  description: `${name}, as NeuroSim states it.`,
  citation: `${source}; MLP+NeuroSim 3.0 manual`,
  values: {
    gMin: 1 / (onResistance * onOff),
    gMax: 1 / onResistance,
    statesUp: states[0],
    statesDown: states[1],
    nonlinearityUp: labels[0],
    nonlinearityDown: labels[1],
    cycleToCycle,
  },
});

/** The analog devices of the MLP+NeuroSim 3.0 manual. Spreads that it gives as "below" are taken at their limit. */
const PUBLISHED: readonly Published[] = [
  {
    id: 'ag-si',
    name: 'Ag:a-Si',
    source: 'Jo et al., Nano Lett. 10:1297 (2010)',
    states: [97, 100],
    labels: [2.4, -4.88],
    onResistance: 26e6,
    onOff: 12.5,
    cycleToCycle: 0.035,
  },
  {
    id: 'taox-hfox',
    name: 'TaOx/HfOx ReRAM',
    source: 'Wu et al., Symp. VLSI Technology 2018',
    states: [128, 128],
    labels: [0.04, -0.63],
    onResistance: 100e3,
    onOff: 10,
    cycleToCycle: 0.037,
  },
  {
    id: 'pcmo',
    name: 'PCMO ReRAM',
    source: 'Park et al., IEDM 2013',
    states: [50, 50],
    labels: [3.68, -6.76],
    onResistance: 23e6,
    onOff: 6.84,
    cycleToCycle: 0.01,
  },
  {
    id: 'alox-hfo2',
    name: 'AlOx/HfO2 ReRAM',
    source: 'Woo et al., IEEE Electron Device Lett. 37:994 (2016)',
    states: [40, 40],
    labels: [1.94, -0.61],
    onResistance: 16.9e3,
    onOff: 4.43,
    cycleToCycle: 0.05,
  },
  {
    id: 'gst-pcm',
    name: 'GST phase-change memory',
    source: 'Kuzum et al., Nano Lett. 12:2179 (2012)',
    states: [100, 120],
    labels: [0.105, 2.4],
    onResistance: 4.71e3,
    onOff: 19.8,
    cycleToCycle: 0.015,
  },
  {
    id: 'epiram',
    name: 'EpiRAM',
    source: 'Choi et al., Nat. Mater. 17:335 (2018)',
    states: [64, 64],
    labels: [0.5, -0.5],
    onResistance: 81e3,
    onOff: 50.2,
    cycleToCycle: 0.02,
  },
  {
    id: 'hzo-fefet',
    name: 'HZO ferroelectric transistor',
    source: 'Jerry et al., IEDM 2017',
    states: [32, 32],
    labels: [1.75, 1.46],
    onResistance: 559.28e3,
    onOff: 45,
    cycleToCycle: 0.005,
  },
];

/** The presets of NeuroSim's devices. */
export const NEUROSIM_PRESETS: readonly Preset[] = PUBLISHED.map(device);
