/** What learns on devices with power steps: the pulses alone, and the rule that recovers what they lose. */
export const SGD = { use: 'trainers/pulsed-sgd' };
export const TIKI_TAKA = { use: 'trainers/tiki-taka', fastRate: 0.05, transferRate: 5, linesPerTransfer: 16 };
