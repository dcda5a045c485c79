/** What a new plugin may contribute; each kind has a folder of that name in `templates`. */
export const KINDS = {
  'device-model': 'the device at each crosspoint',
  'non-ideality': 'what is not ideal about devices and reads',
  dac: 'input converter',
  adc: 'output converter',
  driver: 'circuit between a DAC and its line',
  sense: 'circuit between a line and its ADC',
  compensation: 'what makes up for drift',
  mapping: 'weights ↔ conductances, and how a matrix is cut into arrays',
  'wire-model': 'how the resistive network of an array is solved',
  'speedup-policy': 'when the wire network is solved again',
  'update-rule': 'from inputs and errors to a request per device',
  trainer: 'how a network learns from a mini-batch',
  network: 'what learns',
  dataset: 'what it learns',
  reporter: 'who tells of the run',
  backend: 'where tensors live',
} as const;

/** The name of a kind, a key of `KINDS`. */
export type Kind = keyof typeof KINDS;

/** Whether there is such a kind. */
export const isKind = (name: string): name is Kind => Object.hasOwn(KINDS, name);
