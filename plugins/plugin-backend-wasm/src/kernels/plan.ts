import { inputNames, noiseStreams, type Expression } from '@txsim/ops';
import type { Compiler, Operand, Run } from '../emitter/compile.js';
import { loopsOf, type Loops } from './broadcast.js';

/** An expression for given shapes, ready to run: the loops and the compiled program. */
export interface Plan {
  readonly loops: Loops;
  readonly run: Run;
}

/** An expression's inputs, and its plans by shapes. */
export interface Prepared {
  readonly inputs: readonly string[];
  plan(shape: readonly number[], inputShapes: readonly (readonly number[])[]): Plan;
}

/** Shapes that are remembered per expression. */
const KEPT = 64;

function prepare(expression: Expression, compiler: Compiler): Prepared {
  const inputs = inputNames(expression);
  const streams = noiseStreams(expression);
  const plans = new Map<string, Plan>();
  const make = (shape: readonly number[], inputShapes: readonly (readonly number[])[]): Plan => {
    const loops = loopsOf(shape, inputShapes);
    const operands: Operand[] = [
      ...inputs.map((name, k): Operand => ({ id: `input:${name}`, kind: loops.walks[k]!.element ? 'element' : 'scalar' })),
      ...streams.map((s): Operand => ({ id: `${s.kind}:${s.stream}`, kind: 'element' })),
    ]; // prettier-ignore
    return { loops, run: compiler.compile(expression, operands) };
  };
  return {
    inputs,
    plan(shape, inputShapes) {
      const key = `${shape}|${inputShapes.join('|')}`;
      let plan = plans.get(key);
      if (!plan) {
        plan = make(shape, inputShapes);
        if (plans.size >= KEPT) plans.clear();
        plans.set(key, plan);
      }
      return plan;
    },
  };
}

const preparedOf = new WeakMap<Compiler, WeakMap<Expression, Prepared>>();

/** What is known of an expression; found by identity, so that a step pays for one look-up. */
export function prepared(expression: Expression, compiler: Compiler): Prepared {
  let known = preparedOf.get(compiler);
  if (!known) preparedOf.set(compiler, (known = new WeakMap()));
  let found = known.get(expression);
  if (!found) known.set(expression, (found = prepare(expression, compiler)));
  return found;
}
