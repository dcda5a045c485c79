import { signed, unsigned } from './bytes.js';
import { code, simd, type SimdInstruction } from './opcodes.js';

/** Instructions as bytes, for the loops around programs. */
export const get = (local: number): number[] => [code.localGet, ...unsigned(local)];
export const set = (local: number): number[] => [code.localSet, ...unsigned(local)];
export const integer = (value: number): number[] => [code.i32Const, ...signed(value)];
export const vectorOp = (name: SimdInstruction): number[] => [code.simdPrefix, ...unsigned(simd[name])];
export const increase = (local: number, by: number): number[] => [
  ...get(local),
  ...integer(by),
  code.i32Add,
  ...set(local),
];
/** A load or store, alignment 2² bytes. */
export const access = (name: SimdInstruction, offset = 0): number[] => [
  ...vectorOp(name),
  2,
  ...unsigned(offset),
];
