/** The largest whole number of so many bits that float32 holds: 2^bits − 1 up to 24 bits. */
export const largestWhole = (bits: number): number => 2 ** bits - 2 ** Math.max(0, bits - 24);
