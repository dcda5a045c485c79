/**
 * Largest |ΔI|/|I| of the ladder form seen per bin of ρ_b: 674 random arrays of 32² to 256², 64 inputs in [0, 1] each.
 * Regression limits, not a theorem; tests allow three times as much.
 */
export const ladderLimits: readonly { readonly below: number; readonly out: number }[] = [
  { below: 0.003, out: 4e-5 },
  { below: 0.01, out: 1e-4 },
  { below: 0.03, out: 1e-3 },
  { below: 0.1, out: 2e-3 },
  { below: 0.2, out: 7e-3 },
  { below: 0.4, out: 3e-2 },
  { below: 0.6, out: 6e-2 },
  { below: 0.8, out: 1e-1 },
  { below: 0.98, out: 4e-1 },
];

export function ladderLimit(severity: number): number {
  const bin = ladderLimits.find(({ below }) => severity < below);
  if (!bin) throw new RangeError(`no limit is known for ρ_b = ${severity}`);
  return 3 * bin.out;
}
