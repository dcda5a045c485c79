/**
 * How an array with wires is solved; `docs/reference/wire-solver.md` compares them.
 *
 * - `exact`: the network itself, with a proved bound
 * - `ladder`, `ladder2`: closed forms with sneak paths of rank one and four, with an empirical envelope
 * - `auto`: the first of ladder, ladder2 and exact whose error, measured on some of the vectors, is accepted
 * - `ideal`: no wires; `aam`: short current paths only; `alpha-beta`, `dmr`, `jeong`, `series`: published approximations, to compare
 */
export type SolveMethod = SolvedMethod | 'auto';

/** What `auto` ends with, and all other methods are themselves. */
export type SolvedMethod = 'exact' | ClosedForm;

/** Methods that give an effective matrix by a formula. */
export type ClosedForm = 'ladder' | 'ladder2' | 'ideal' | 'aam' | 'alpha-beta' | 'dmr' | 'jeong' | 'series';

/**
 * What an `errorBound` is worth: a theorem; an envelope of measurements on other arrays; three times what was measured
 * on some vectors of this one.
 */
export type ErrorKind = 'proved' | 'estimate' | 'measured';
