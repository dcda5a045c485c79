/** Levels on each side of zero of a symmetric converter: 2^(bits − 1) − 1, so that 0 itself is a level. */
export const halfLevels = (bits: number): number => 2 ** (bits - 1) - 1;
