import { BINARY_ARITHMETIC, UNARY_ARITHMETIC } from './arithmetic.js';
import { constant, type Expression } from './expression.js';
import { postorder } from './traverse.js';

/**
 * The same expression with what is known worked out, in double precision: operations of constants are constants, and
 * x + 0, x − 0, x · 1 and x / 1 are x.
 */
export function folded(root: Expression): Expression {
  const done = new Map<Expression, Expression>();
  for (const node of postorder(root))
    done.set(
      node,
      foldedNode(node, (x) => done.get(x)!),
    );
  return done.get(root)!;
}

function foldedNode(node: Expression, of: (x: Expression) => Expression): Expression {
  if (node.op === 'select') {
    const condition = of(node.condition);
    if (condition.op === 'constant') return of(condition.value !== 0 ? node.a : node.b);
    return { op: 'select', condition, a: of(node.a), b: of(node.b) };
  }
  if ('b' in node) {
    const [a, b] = [of(node.a), of(node.b)];
    if (a.op === 'constant' && b.op === 'constant')
      return constant(BINARY_ARITHMETIC[node.op](a.value, b.value));
    return neutral(node.op, a, b) ?? { op: node.op, a, b };
  }
  if ('a' in node) {
    const a = of(node.a);
    return a.op === 'constant' ? constant(UNARY_ARITHMETIC[node.op](a.value)) : { op: node.op, a };
  }
  return node;
}

/** The operand that an operation leaves as it is. */
function neutral(op: Expression['op'], a: Expression, b: Expression): Expression | undefined {
  const is = (x: Expression, value: number): boolean => x.op === 'constant' && x.value === value;
  if (op === 'add') return is(b, 0) ? a : is(a, 0) ? b : undefined;
  if (op === 'multiply') return is(b, 1) ? a : is(a, 1) ? b : undefined;
  if (op === 'subtract') return is(b, 0) ? a : undefined;
  return op === 'divide' && is(b, 1) ? a : undefined;
}
