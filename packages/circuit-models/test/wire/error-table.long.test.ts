import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { solveArray } from '../../src/wire/index.js';
import { problemOf, randomNumbers } from './support/arrays.js';
import { errorFigure } from './support/error-figure.js';
import { tableArray } from './support/table-arrays.js';
import { exceedanceProbability, medianScore } from './support/printed-table.js';
import { studyErrors } from './support/study.js';

/**
 * The error of the closed forms over ρ_b, as a table and as `docs/images/wire-error.svg`:
 *
 *     TXSIM_FIGURES=1 npx vitest run --config vitest.long.config.ts packages/circuit-models/test/wire/error-table
 */
const SEED = 674;
const ARRAYS = 300;
/** Arrays of the published table in a bin: it has 674, and how many fell into a bin is taken to be in proportion. */
const others = (here: number): number => (674 * here) / ARRAYS;

/**
 * Upper edges of the bins of ρ_b with published medians and maxima of |ΔI|/|I|, one digit each: 674 arrays of the same
 * kinds, measured with an independent program. Within a bin errors spread over two decades, so that a median of some
 * thirty arrays is good to about 40 %, and half of all such samples exceed each other's maximum: both are compared as
 * samples of one population.
 */
const TABLE = [
  { below: 0.003, ladder: [3e-6, 4e-5], ladder2: [2e-6, 3e-5] },
  { below: 0.01, ladder: [2e-5, 1e-4], ladder2: [1e-5, 1e-4] },
  { below: 0.03, ladder: [6e-5, 1e-3], ladder2: [2e-5, 4e-4] },
  { below: 0.1, ladder: [3e-4, 2e-3], ladder2: [9e-5, 9e-4] },
  { below: 0.2, ladder: [7e-4, 7e-3], ladder2: [2e-4, 2e-3] },
  { below: 0.4, ladder: [2e-3, 3e-2], ladder2: [5e-4, 6e-3] },
  { below: 0.6, ladder: [5e-3, 6e-2], ladder2: [1e-3, 9e-3] },
  { below: 0.8, ladder: [2e-2, 1e-1], ladder2: [3e-3, 2e-2] },
  { below: 0.98, ladder: [7e-2, 4e-1], ladder2: [1e-2, 1e-1] },
] as const;

interface Point {
  readonly severity: number;
  readonly ladder: number;
  readonly ladder2: number;
  readonly ladderPairs: number;
  readonly ladder2Pairs: number;
}

let points: Point[] = [];
let violations = 0;

beforeAll(() => {
  const random = randomNumbers(SEED);
  points = Array.from({ length: ARRAYS }, () => {
    const array = tableArray(random);
    const exact = solveArray(problemOf(array), { tolerance: 1e-8 });
    const few = { ...problemOf(array), voltages: array.voltages.slice(0, 4) };
    const rough = solveArray(few, { tolerance: 1e-2 });
    const off = rough.currents.flatMap((line, k) => line.map((I, j) => Math.abs(I - exact.currents[k]![j]!)));
    if (Math.max(...off) > rough.errorBound + exact.errorBound) violations++;
    const [one, four] = (['ladder', 'ladder2'] as const).map((m) => studyErrors(array, m, exact.currents));
    return {
      severity: one!.severity,
      ladder: one!.out,
      ladder2: four!.out,
      ladderPairs: one!.pairs,
      ladder2Pairs: four!.pairs,
    };
  });
  if (process.env['TXSIM_FIGURES']) {
    writeFileSync(new URL('../../../../docs/images/wire-error.svg', import.meta.url), errorFigure(points));
  }
}, 7_200_000);

const binOf = (index: number): Point[] =>
  points.filter(
    ({ severity }) => severity < TABLE[index]!.below && severity >= (TABLE[index - 1]?.below ?? 0),
  );
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const greatest = (values: number[]): number => Math.max(...values);

/** |z| < 4.5, and the tail of a normal variable beyond it. */
const SCORE = 4.5;
const TAIL = 3.4e-6;

it('the proved bound of the exact solver is never violated', () => expect(violations).toBe(0));

it('prints the table', () => {
  console.log('ρ_b below, arrays, ladder, ladder2, ladder pairs, ladder2 pairs: median / largest');
  TABLE.forEach(({ below }, k) => {
    const bin = binOf(k);
    const cells = (['ladder', 'ladder2', 'ladderPairs', 'ladder2Pairs'] as const).map((key) => {
      const errors = bin.map((point) => point[key]);
      return `${median(errors).toExponential(0)} / ${greatest(errors).toExponential(0)}`;
    });
    console.log(`| < ${below} | ${bin.length} | ${cells.join(' | ')} |`);
  });
});

describe.each(TABLE.map((row, k) => [row.below, k] as const))('ρ_b below %d', (_, k) => {
  it.each(['ladder', 'ladder2'] as const)(
    '%s: median and maximum are those of the published sample',
    (form) => {
      const errors = binOf(k).map((point) => point[form]);
      const [middle, most] = TABLE[k]![form];
      const score = medianScore(errors, middle, others(errors.length));
      const tail = exceedanceProbability(errors, most, others(errors.length));
      console.log(
        `${form}, ${errors.length} arrays: median z = ${score.toFixed(2)}, maximum P = ${tail.toPrecision(2)}`,
      );
      expect(errors.length).toBeGreaterThan(8);
      expect(Math.abs(score)).toBeLessThan(SCORE);
      expect(tail).toBeGreaterThan(TAIL);
    },
  );
});
