import { checkCurveExpression, type CrossbarProblemError } from '@txsim/circuit-models';
import { CELL_VOLTS, cellCurve } from '@txsim/core';
import { input, substitute, type Expression } from '@txsim/ops';
import { z } from 'zod';

/** f(V) as an expression, from code or as the same data in a stack file. */
export const expression = cellCurve({
  id: 'expression',
  description: 'Any rising curve, given as an expression of the cell’s voltage.',
  config: z.strictObject({
    f: z
      .unknown()
      .superRefine((value, context) => {
        try {
          checkCurveExpression(value, 'f');
        } catch (error) {
          const { path, reason } = error as CrossbarProblemError;
          context.addIssue({ code: 'custom', path: path.split('.').slice(1), message: reason });
        }
      })
      .default(input(CELL_VOLTS))
      .describe(
        `f of the input "${CELL_VOLTS}" in volts, an expression of @txsim/ops, up to a factor; absent: a straight line`,
      ),
  }),
  create: ({ config: { f } }) => ({
    current: (volts) => substitute(f as Expression, { [CELL_VOLTS]: volts }),
  }),
});
