import type { Stack, StackInput } from '@txsim/core';
import { simulate } from '@txsim/trainers';
import { describe, expect, test } from 'vitest';
import { laboratory, labStack } from '../support/laboratory.js';

type Arrays = StackInput['stack'];

const DAC = { use: 'circuit-models/uniform-dac', bits: 6 };
const ADC = { use: 'circuit-models/uniform-adc', bits: 6 };

const BASE: Arrays = {
  device: { use: 'device-models/asymmetric-nonlinear', nu: 1 },
  mapping: { use: 'mapping', rows: 8, columns: 8 },
  dac: DAC,
  adc: ADC,
  wire: { use: 'wire-resistance', row: 20, column: 20 },
  nonIdealities: [{ use: 'device-variation' }, { use: 'write-noise' }, { use: 'read-noise' }],
};
const mapped = (id: string, keys: object = {}): Partial<Arrays> => ({
  mapping: { use: `mapping/${id}`, rows: 8, columns: 16, ...keys },
});

/** What a run has to remember beside what its devices hold. */
const STACKS: readonly [what: string, arrays: Partial<Arrays>, rest?: Partial<StackInput>][] = [
  ['ranges of inputs that learn', { dac: { ...DAC, scale: { learn: 2 } } }],
  ['ranges of inputs that are moving averages', { dac: { ...DAC, scale: { average: 0.9 } } }],
  ['vectors scaled to their largest value, halved while a current saturates', { dac: { ...DAC, scale: 'max' }, adc: { ...ADC, range: 2e-6, retries: 2 } }], // prettier-ignore
  ['ranges of ADCs that are calibrated', { adc: { ...ADC, range: { calibrate: 0.99, every: 5 } } }],
  ['ADCs that differ and are shared', { adc: { ...ADC, gainSpread: 0.05, offsetSpread: 0.02, sharedBy: 3 } }],
  ['capacitors that do not match', { adc: { use: 'circuit-models/sar-adc', bits: 6, mismatch: 0.05 } }],
  ['ADCs that round at random', { adc: { use: 'circuit-models/stochastic-adc', bits: 4 } }],
  ['bit-serial inputs', { dac: { use: 'circuit-models/serial-dac', bits: 4, bitsPerCycle: 2 } }],
  ['32-bit weights read bit by bit by ADCs that are calibrated', { ...mapped('bit-slicing', { cellBits: 4, slices: 8, subtract: 'digital' }), dac: { use: 'circuit-models/serial-dac', bits: 4 }, adc: { ...ADC, range: { calibrate: 0.99, every: 5 } } }], // prettier-ignore
  ['scales of columns that learn', mapped('differential-pair', { scaling: 'column', learnScaling: true })],
  ['one-sided pairs, subtracted digitally', mapped('differential-pair', { subtract: 'digital' })],
  ['two-sided pairs', mapped('differential-pair', { sides: 'two' })],
  ['rising pairs', mapped('differential-pair', { sides: 'rising', refreshEvery: 3, refreshAbove: 0.3 })],
  ['pairs in adjacent columns, wires interpolated', { ...mapped('differential-pair', { placement: 'adjacent' }), speedup: { use: 'speedup/interpolated', every: 4 } }], // prettier-ignore
  ['an offset column', mapped('offset')],
  ['bit slices with carry', mapped('bit-slicing', { cellBits: 2, slices: 3, carry: 'ripple' })],
  ['bit slices without carry', mapped('bit-slicing', { cellBits: 2, slices: 3, carry: 'none' })],
  ['unary codes', mapped('unary', { devices: 2 })],
  ['ternary weights', mapped('ternary')],
  ['arrays of full size', mapped('differential-pair', { tiling: 'fill' })],
  ['wear and stuck devices', { nonIdealities: [{ use: 'endurance' }, { use: 'stuck-devices' }, { use: 'decay-diffusion', rate: 0.01 }] }], // prettier-ignore
  ['layers on arrays of their own', {}, { layers: { perLayer: { dense_2: mapped('unary', { devices: 2 }) } } }], // prettier-ignore
];

/** Eight steps of one epoch; a checkpoint after the third, the sixth and the last. */
async function run(stack: Stack, resume?: Uint8Array) {
  const checkpoints: Uint8Array[] = [];
  const { epochs } = await simulate(stack, {
    registry: laboratory(),
    twin: false,
    checkpointEvery: 3,
    save: async (bytes) => void checkpoints.push(bytes),
    ...(resume && { resume }),
  });
  return { epochs, checkpoints };
}

describe('resumed after its third step, a run ends in the same numbers and the same checkpoint, to the bit', () => {
  test.each(STACKS)('%s', async (_, arrays, rest = {}) => {
    const stack = labStack(
      { ...BASE, ...arrays },
      {
        backend: 'wasm',
        dataset: { use: 'test/clusters', trainSize: 80, testSize: 40 },
        trainer: { use: 'trainers/sgd', batchSize: 10, epochs: 1, learningRate: 0.05 },
        ...rest,
      },
    );
    const whole = await run(stack);
    expect(whole.checkpoints).toHaveLength(3);
    const [third, sixth, last] = whole.checkpoints as [Uint8Array, Uint8Array, Uint8Array];
    const resumed = await run(stack, third);
    expect(resumed.epochs).toEqual(whole.epochs);
    expect(Buffer.compare(resumed.checkpoints[0]!, sixth)).toBe(0);
    expect(Buffer.compare(resumed.checkpoints[1]!, last)).toBe(0);
    // Something is learned in between, or nothing would have to be remembered.
    expect(Buffer.compare(third, last)).not.toBe(0);
  });
});
