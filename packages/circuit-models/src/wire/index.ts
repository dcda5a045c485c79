export { AnchoredSession } from './anchored.js';
export type { AutoOptions, Measured } from './auto.js';
export { type CellCurve, type CellTreatment, treatmentFor } from './cell-curve.js';
export * from './effective-matrix.js';
export * from './errors.js';
export { checkCurveExpression } from './expression-curve.js';
export * from './methods.js';
export * from './network.js';
export type { Backward } from './oriented.js';
export * from './operating-point.js';
export * from './parse-problem.js';
export { approximateModel } from './solve-aam.js';
export { alphaBeta } from './solve-alpha-beta.js';
export * from './solve-dmr.js';
export {
  type ExactCurrents,
  type ExactOptions,
  type ExactSolver,
  exactSolver,
  type ExactVector,
} from './solve-exact.js';
export * from './solve-jeong.js';
export * from './solve-ladder.js';
export { type Ladder2Solution, ladder2ErrorEnvelope, solveLadder2 } from './solve-ladder2.js';
export * from './solve-series.js';
export * from './solve.js';
export * from './wire-geometry.js';
export { type Crossbar, crossbarOf } from './crossbar.js';
export { checkCrossbarProblem } from './validate.js';
