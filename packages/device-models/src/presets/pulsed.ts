import { constantStep } from '../constant-step.js';
import { exponentialStep } from '../exponential-step.js';
import { linearStep } from '../linear-step.js';
import { softBoundsReference } from '../soft-bounds.js';
import type { Preset } from './preset.js';

/** Of the baseline: 30 % spread of everything, 1 % of the asymmetry. */
const BASELINE = {
  stepDeviceToDevice: 0.3,
  cycleToCycle: 0.3,
  upDownDeviceToDevice: 0.01,
  wMaxDeviceToDevice: 0.3,
  wMinDeviceToDevice: 0.3,
};
const UNIT = { wMin: -1, wMax: 1 };

/**
 * Devices of the literature on in-array training, in weight units. The numbers are the fits of aihwkit (Rasch et al., arXiv
 * 2104.02184) to what is cited at each. Their sources state no conductances: the window is the default one. Not part of a
 * response, and not here: the retention of the capacitor (`decay-diffusion`), the write noise of the read-out weight of
 * ReRAM, the parts of the pulse noise of PCM that are added to its step, and the devices that did not work (`stuck-devices`:
 * 13.5 % of the array "OM", 9.8 % of the HfO2 array).
 */
export const PULSED_PRESETS: readonly Preset[] = [
  {
    id: 'rpu-baseline',
    model: constantStep,
    description: 'The baseline of resistive processing units.',
    citation: 'Gokmen & Vlasov, Front. Neurosci. 10:333 (2016)',
    values: { wMin: -0.6, wMax: 0.6, dw: 0.001, ...BASELINE },
  },
  {
    id: 'gokmen-vlasov',
    model: constantStep,
    description: 'The resistive processing unit on a range of ±1.',
    citation: 'Gokmen & Vlasov, Front. Neurosci. 10:333 (2016)',
    values: { ...UNIT, dw: 0.0016, ...BASELINE },
  },
  {
    id: 'idealized',
    model: constantStep,
    description: 'A device of 10,000 states and balanced steps.',
    citation: 'Rasch, Gokmen, Haensch, arXiv 1906.02698 (IEEE Des. Test)',
    values: { ...UNIT, dw: 0.0002, ...BASELINE, upDownDeviceToDevice: 0 },
  },
  {
    id: 'capacitor',
    model: linearStep,
    description: 'Trench capacitor cell with current sources in 14 nm CMOS.',
    citation: 'Li et al., Symp. VLSI Technology 2018',
    values: {
      ...UNIT,
      dw: 0.005,
      gammaUp: 0.05,
      gammaDown: 0.05,
      gammaUpDeviceToDevice: 0.01,
      gammaDownDeviceToDevice: 0.01,
      noise: 'additive',
      stepDeviceToDevice: 0.1,
      cycleToCycle: 0.3,
      upDownDeviceToDevice: 0.06,
      wMaxDeviceToDevice: 0.07,
      wMinDeviceToDevice: 0.07,
    },
  },
  {
    id: 'reram-es',
    model: exponentialStep,
    description: 'HfO2 ReRAM, exponential steps.',
    citation: 'Gong et al., Nat. Commun. 9:2102 (2018)',
    values: {
      ...UNIT,
      dw: 0.00135,
      upDown: 0.259359,
      aUp: -1.18445,
      aDown: -0.081404,
      gammaUp: 5,
      gammaDown: 5,
      scale: -0.5,
      shift: -0.5,
      stepDeviceToDevice: 0.2,
      cycleToCycle: 5,
      upDownDeviceToDevice: 0.05,
      wMaxDeviceToDevice: 0.3,
      wMinDeviceToDevice: 0.3,
    },
  },
  {
    id: 'pcm',
    model: exponentialStep,
    description: 'Phase-change memory, unipolar: gradual SET, abrupt RESET.',
    citation: 'Nandakumar et al., Front. Neurosci. 14:406 (2020)',
    values: {
      wMin: 0,
      wMax: 2,
      dw: 0.01,
      aUp: -27.235,
      aDown: -2.235,
      gammaUp: 2.5,
      gammaDown: 2.5,
      scale: -1,
      shift: 0,
      stepDeviceToDevice: 0.2,
      cycleToCycle: 0.6,
      upDownDeviceToDevice: 0.05,
      wMaxDeviceToDevice: 0.1,
    },
  },
  {
    id: 'reram-array-om',
    model: softBoundsReference,
    description: 'Array of optimised ReRAM for in-memory training ("OM").',
    citation: 'Gong et al., IEDM 2022',
    values: arrayReram(0.0949, 0.7829, 0.4158, 0.3499, 0.5695),
  },
  {
    id: 'reram-array-hfo2',
    model: softBoundsReference,
    description: 'Array of HfO2 ReRAM.',
    citation: 'Gong et al., IEDM 2022',
    values: arrayReram(0.4622, 0.7125, 0.2174, 0.4295, 0.599),
  },
];

function arrayReram(dw: number, step: number, cycle: number, upper: number, lower: number): Preset['values'] {
  return {
    ...UNIT,
    dw,
    stepDistribution: 'lognormal',
    stepDeviceToDevice: step,
    cycleToCycle: cycle,
    upDownDeviceToDevice: 0.01,
    wMaxDeviceToDevice: upper,
    wMinDeviceToDevice: lower,
    symmetric: true,
    referenceDeviceToDevice: 0.05,
  };
}
