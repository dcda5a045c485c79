import { expectTypeOf, it } from 'vitest';
import {
  type ArraySolution,
  type CrossbarProblem,
  effectiveMatrix,
  parseCrossbarProblem,
  solveArray,
  type SolveMethod,
  type WireNetwork,
} from '../../src/wire/index.js';

it('the public face has the types that it documents', () => {
  expectTypeOf(parseCrossbarProblem).returns.toEqualTypeOf<CrossbarProblem>();
  expectTypeOf(solveArray).parameter(0).toEqualTypeOf<CrossbarProblem>();
  expectTypeOf<ArraySolution['currents']>().toEqualTypeOf<number[][]>();
  expectTypeOf<ArraySolution['effective']>().toEqualTypeOf<number[][] | undefined>();
  expectTypeOf<ArraySolution['errorKind']>().toEqualTypeOf<'proved' | 'estimate' | 'measured'>();
  type Closed = 'ladder' | 'ladder2' | 'ideal' | 'aam' | 'alpha-beta' | 'dmr' | 'jeong' | 'series';
  expectTypeOf<SolveMethod>().toEqualTypeOf<'exact' | Closed | 'auto'>();
  expectTypeOf<ArraySolution['method']>().toEqualTypeOf<'exact' | Closed>();
  expectTypeOf(effectiveMatrix).parameter(1).toEqualTypeOf<WireNetwork>();
  expectTypeOf<Float64Array[]>().toExtend<CrossbarProblem['conductances']>();
});
