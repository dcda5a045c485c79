import type { Graph } from './graph.js';

/** The next pulse of each of four weights. */
export interface NextPulse {
  /** Its sample as a bit; 0 where no pulse is left. */
  readonly bit: number;
  /** Its number within the sample. */
  readonly number: number;
  /** 32 · sample + number: which of a block's events it is (`pulseElement` of @txsim/ops); of no pulse, anything. */
  readonly event: number;
  /** What is left. */
  readonly planes: readonly number[];
}

/** The bias of a float's exponent, and the exponent's place, both shifted to where an event has its sample. */
const BIAS = 127 << 5;
const EXPONENT = 0xff << 5;

/**
 * Takes a pulse off the numbers of pulses by sample: one of the first sample that has any left.
 *
 * @param planes those numbers in binary, a plane for each digit, a bit for each sample
 * @param last, number the bit and the number of the pulse before, 0 at first
 */
export function nextPulse(graph: Graph, planes: readonly number[], last: number, number: number): NextPulse {
  const or = (a: number, b: number): number => graph.apply('v128.or', a, b);
  const and = (a: number, b: number): number => graph.apply('v128.and', a, b);
  const xor = (a: number, b: number): number => graph.apply('v128.xor', a, b);
  const some = planes.reduce(or);
  const bit = and(some, graph.apply('i32x4.sub', graph.bits(0), some));
  const same = graph.apply('i32x4.eq', bit, last);
  const next = and(graph.apply('i32x4.sub', number, same), same);
  // The exponent of the bit as a float is the sample, plus the bias.
  const float = graph.apply('f32x4.convert_i32x4_s', bit);
  const sample = and(graph.shift('i32x4.shr_u', float, 18), graph.bits(EXPONENT));
  const event = graph.apply('i32x4.add', graph.apply('i32x4.sub', sample, graph.bits(BIAS)), next);
  // One pulse less in that sample: subtract the bit, with borrows.
  let borrow = bit;
  const left = planes.map((plane) => {
    const digit = xor(plane, borrow);
    borrow = and(borrow, digit);
    return digit;
  });
  return { bit, number: next, event, planes: left };
}
