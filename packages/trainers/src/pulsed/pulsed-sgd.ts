import { updateRule } from '@txsim/core';
import { z } from 'zod';
import { pulseFields, pulser } from './pulser.js';

/** Pulsed stochastic gradient descent: the arrays are updated in place by pulses of x and d; see `pulser`. */
export const pulsedSgd = updateRule({
  id: 'pulsed-sgd',
  description: 'In-array update by coincidences of pulse trains on rows and columns.',
  citation:
    'Gokmen & Vlasov, Frontiers in Neuroscience 10 (2016); Gokmen, Onen, Haensch, Frontiers in Neuroscience 11 (2017)',
  config: z.strictObject(pulseFields),
  create: ({ config, ...context }) => ({
    open: ({ arrays: [arrays] }) => pulser(config, arrays!, context),
  }),
});
