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

/**
 * Few pulses and many: at 0.01 the MLP gets some 0.015 per weight and sample by pulsed SGD, at 0.1 ten times as many at first.
 * The published steps (aihwkit, v0.8.0) can have had 0.008: an update of 64 samples takes them 1.99 ms, and a pulse 17 ns where
 * a third of all weights gets one.
 */
const RATES = [0.01, 0.1] as const;

const open = (one: Case, rule: string, learningRate: number): Promise<Participants> =>
  participants(one, {
    stack: { ...ARRAYS, updateRule: { use: `trainers/${rule}` }, nonIdealities: [] },
    trainer: { use: 'trainers/sgd', learningRate },
  });

const cases = BATCH_OF_TEN.flatMap((one) =>
  RATES.flatMap((rate) => RULES.map((rule) => ({ one, rate, rule }))),
);

/** A training step by each learning rule against one by pulsed SGD on the same arrays, batches of ten. */
export const learningRules: readonly Benchmark[] = cases.map(({ one, rate, rule }) =>
  timed({
    name: `step of ${one.name}, ${rule} at ${rate}`,
    unit: 'ms',
    of: (ms) => ms,
    headline: 'median',
    against: 'pulsed SGD',
    patience: 4,
    open: async () => {
      const [own, other] = [await open(one, rule, rate), await open(one, 'pulsed-sgd', rate)];
      return {
        action: () => own.step(own.analog),
        baseline: () => other.step(other.analog),
        dispose: () => [own, other].forEach(({ dispose }) => dispose()),
      };
    },
  }),
);
