import type { Expression } from '@txsim/ops';
import { Graph, Level } from './graph.js';
import { Loop, type Results } from './loop.js';
import { lower } from './lower.js';
import { moduleOf } from './module.js';

/** What an operand is within a row: one value per element (contiguous), or one for the whole row. */
export type OperandKind = 'element' | 'scalar';

/**
 * Evaluates rows · n elements. The table has the place of each contiguous result, then two integers for each operand:
 * where it starts, and by how many bytes it moves from row to row. A result may lie where an operand lies, element for
 * element, but not overlap one otherwise.
 */
export type Run = (rows: number, n: number, table: number) => void;

/** The operand's name as it stands in the expression: an input's name, or `normal:stream` and `uniform:stream`. */
export interface Operand {
  readonly id: string;
  readonly kind: OperandKind;
}

/** The name of a leaf among the operands. */
export const leafId = (e: Expression): string => {
  if (e.op === 'input') return `input:${e.name}`;
  if (e.op === 'normal' || e.op === 'uniform') return `${e.op}:${e.stream}`;
  throw new Error(`not a leaf: ${e.op}`);
};

/** Programs that are kept; the oldest goes first. An expression whose constants change in every step needs one each. */
const KEPT = 512;

/** Compiles expressions for one memory; programs of equal structure are compiled once. */
export class Compiler {
  readonly #memory: WebAssembly.Memory;
  readonly #programs = new Map<string, Run>();

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** One loop for all expressions; what they have in common is computed once. */
  compile(expressions: readonly Expression[], operands: readonly Operand[]): Run {
    const graph = new Graph();
    const roots = expressions.map((expression) =>
      lower(graph, expression, (leaf) => {
        const index = operands.findIndex((o) => o.id === leafId(leaf));
        return graph.operand(index, operands[index]!.kind === 'element' ? Level.element : Level.row);
      }),
    );
    return this.compileGraph(graph, roots, operands.length);
  }

  /** A loop around values that are already lowered. */
  compileGraph(graph: Graph, roots: readonly number[], operands: number, results: Results = 'apart'): Run {
    const key = `${operands}:${results}:${graph.key(roots)}`;
    let run = this.#programs.get(key);
    if (!run) {
      const module = new WebAssembly.Module(moduleOf(new Loop(graph, roots, operands, results).build()));
      run = new WebAssembly.Instance(module, { env: { memory: this.#memory } }).exports.run as Run;
      if (this.#programs.size >= KEPT) this.#programs.delete(this.#programs.keys().next().value!);
      this.#programs.set(key, run);
    }
    return run;
  }
}
