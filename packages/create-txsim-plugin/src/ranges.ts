/** What a new plugin asks of TxSim's packages; `npm run version` of the repository keeps it up to date. */
export const RANGES = {
  __cliRange__: '^0.1.0',
  __coreRange__: '^0.1.0',
  __opsRange__: '^0.1.0',
  __testkitRange__: '^0.1.0',
} as const;
