import { definePlugin } from '@txsim/core';
import { noisyDriver } from './noisy-driver.js';
import { rampAdc } from './ramp-adc.js';
import { sarAdc } from './sar-adc.js';
import { serialDac } from './serial-dac.js';
import { sShapeSense } from './s-shape-sense.js';
import { stochasticAdc } from './stochastic-adc.js';
import { tableAdc } from './table-adc.js';
import { uniformAdc } from './uniform-adc.js';
import { uniformDac } from './uniform-dac.js';

export {
  noisyDriver,
  rampAdc,
  sarAdc,
  serialDac,
  sShapeSense,
  stochasticAdc,
  tableAdc,
  uniformAdc,
  uniformDac,
};
export * from './wire/index.js';

export default definePlugin({
  name: '@txsim/circuit-models',
  version: '0.1.0',
  namespace: 'circuit-models',
  engines: { txsim: '^0.1.0' },
  contributes: [
    uniformDac,
    serialDac,
    uniformAdc,
    rampAdc,
    sarAdc,
    tableAdc,
    stochasticAdc,
    noisyDriver,
    sShapeSense,
  ],
});
