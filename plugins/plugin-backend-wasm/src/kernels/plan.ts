import { inputNames, noiseStreamsOf, type Expression } from '@txsim/ops';
import type { Compiler, Operand, Run } from '../emitter/compile.js';
import { loopsOf, type Loops } from './broadcast.js';

/** Expressions for given shapes, ready to run: the loops and the compiled program. */
export interface Plan {
  readonly loops: Loops;
  readonly run: Run;
}

/** The inputs of expressions that are evaluated together, and their plans by shapes. */
export interface Prepared {
  readonly inputs: readonly string[];
  plan(shape: readonly number[], inputShapes: readonly (readonly number[])[]): Plan;
  /** The program for rows of any length, in which the named inputs have one value for a whole row. */
  run(perRow: readonly string[]): Run;
}

/** Programs that are remembered per expression. */
const KEPT = 64;

function prepare(expressions: readonly Expression[], compiler: Compiler): Prepared {
  const inputs = [...new Set(expressions.flatMap(inputNames))];
  const streams = noiseStreamsOf(expressions);
  const compile = (isElement: (k: number) => boolean): Run => {
    const operands: Operand[] = [
      ...inputs.map((name, k): Operand => ({
        id: `input:${name}`,
        kind: isElement(k) ? 'element' : 'scalar',
      })),
      ...streams.map((s): Operand => ({ id: `${s.kind}:${s.stream}`, kind: 'element' })),
    ];
    return compiler.compile(expressions, operands);
  };
  const plans = new Map<string, Plan>();
  const runs = new Map<readonly string[], Run>();
  return {
    inputs,
    plan: (shape, inputShapes) =>
      remember(plans, `${shape}|${inputShapes.join('|')}`, () => {
        const loops = loopsOf(shape, inputShapes);
        return { loops, run: compile((k) => loops.walks[k]!.element === 1) };
      }),
    run: (perRow) => remember(runs, perRow, () => compile((k) => !perRow.includes(inputs[k]!))),
  };
}

function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let found = known.get(key);
  if (found === undefined) {
    found = make();
    if (known.size >= KEPT) known.clear();
    known.set(key, found);
  }
  return found;
}

const preparedOf = new WeakMap<Compiler, WeakMap<object, Prepared>>();

/** What is known of an expression, or of several in one loop; found by identity, so that a step pays for one look-up. */
export function prepared(of: Expression | readonly Expression[], compiler: Compiler): Prepared {
  let known = preparedOf.get(compiler);
  if (!known) preparedOf.set(compiler, (known = new WeakMap()));
  let found = known.get(of);
  if (!found) known.set(of, (found = prepare('op' in of ? [of] : of, compiler)));
  return found;
}
