import { timed, type Benchmark } from './benchmark.js';
import { BATCH_OF_TEN, type Case } from './networks.js';
import { participants, type Participants } from './participants.js';

/** The rules of `@txsim/trainers`, with what they need to be comparable: pulses one by one, a line at each mini-batch. */
const RULES = [
  'pulsed-sgd',
  'mixed-precision',
  'tiki-taka',
  'tiki-taka-2',
  'chopped-tiki-taka',
  'agad',
  'residual-learning',
] as const;

/** Constant steps on two-sided pairs, ideal circuits: what remains is the rule. */
const ARRAYS = {
  device: { use: 'device-models/constant-step', dw: 0.001, cycleToCycle: 0.3, stepDeviceToDevice: 0.3 },
  mapping: { use: 'mapping/differential-pair', sides: 'two', rows: 64, columns: 64 },
};

const open = (one: Case, rule: string): Promise<Participants> =>
  participants(one, { stack: { ...ARRAYS, updateRule: { use: `trainers/${rule}` }, nonIdealities: [] } });

/** A training step by each learning rule against one by pulsed SGD on the same arrays, batches of ten. */
export const learningRules: readonly Benchmark[] = BATCH_OF_TEN.flatMap((one) =>
  RULES.map((rule) =>
    timed({
      name: `step of ${one.name}, ${rule}`,
      unit: 'ms',
      of: (ms) => ms,
      headline: 'median',
      against: 'pulsed SGD',
      patience: 4,
      open: async () => {
        const [own, other] = [await open(one, rule), await open(one, 'pulsed-sgd')];
        return {
          action: () => own.step(own.analog),
          baseline: () => other.step(other.analog),
          dispose: () => [own, other].forEach(({ dispose }) => dispose()),
        };
      },
    }),
  ),
);
