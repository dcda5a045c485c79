/**
 * Integers that the loops over pulses keep in all lanes, by their place in memory: as literals they would be made anew in
 * every round.
 */
export enum PulseConstant {
  multiplier0,
  multiplier1,
  multiplier2,
  multiplier3,
  multiplier4,
  eventBits,
  exponentBias,
  one,
}

export class Everywhere {
  @inline static of(constants: usize, which: PulseConstant): v128 {
    return v128.load32_splat(constants + 4 * which);
  }
}

/** Writes the constants to 32 bytes of memory. */
export function preparePulses(at: usize): void {
  // Those of `feistel`.
  store<u32>(at + 4 * PulseConstant.multiplier0, 0x9e3779b1);
  store<u32>(at + 4 * PulseConstant.multiplier1, 0x85ebca6b);
  store<u32>(at + 4 * PulseConstant.multiplier2, 0xc2b2ae35);
  store<u32>(at + 4 * PulseConstant.multiplier3, 0x27d4eb2f);
  store<u32>(at + 4 * PulseConstant.multiplier4, 0xac4c1b51);
  // A float's exponent shifted to where samples begin in an event, and its bias of 127 there.
  store<u32>(at + 4 * PulseConstant.eventBits, 0x1fe0);
  store<u32>(at + 4 * PulseConstant.exponentBias, 127 << 5);
  store<f32>(at + 4 * PulseConstant.one, 1);
}
