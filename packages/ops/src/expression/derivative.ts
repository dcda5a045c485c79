import {
  add,
  constant,
  divide,
  exp,
  less,
  log,
  multiply,
  negate,
  power,
  select,
  sign,
  sqrt,
  subtract,
  type Expression,
} from './expression.js';
import { postorder } from './traverse.js';

/** The derivative of a node; undefined stands for 0, so that what is constant leaves no terms. */
type Slope = Expression | undefined;

/**
 * ∂e/∂x of an expression with respect to one of its inputs, as an expression of the same inputs. Steps (`floor`,
 * `round`, `sign`, `less`) have the derivative 0, and where two branches meet that of the one which is taken.
 */
export function derivative(e: Expression, inputName: string): Expression {
  const slopes = new Map<Expression, Slope>();
  for (const node of postorder(e))
    slopes.set(
      node,
      slopeOf(node, inputName, (of) => slopes.get(of)),
    );
  return slopes.get(e) ?? constant(0);
}

function slopeOf(e: Expression, inputName: string, of: (e: Expression) => Slope): Slope {
  switch (e.op) {
    case 'input':
      return e.name === inputName ? constant(1) : undefined;
    case 'negate':
      return through(of(e.a), negate);
    case 'abs':
      return through(of(e.a), (da) => multiply(sign(e.a), da));
    case 'sqrt':
      return through(of(e.a), (da) => divide(da, multiply(sqrt(e.a), 2)));
    case 'exp':
    case 'expm1':
      return through(of(e.a), (da) => multiply(exp(e.a), da));
    case 'log':
      return through(of(e.a), (da) => divide(da, e.a));
    case 'add':
      return sum(of(e.a), of(e.b));
    case 'subtract':
      return sum(of(e.a), through(of(e.b), negate));
    case 'multiply':
      return sum(
        through(of(e.a), (da) => multiply(da, e.b)),
        through(of(e.b), (db) => multiply(e.a, db)),
      );
    case 'divide':
      return sum(
        through(of(e.a), (da) => divide(da, e.b)),
        through(of(e.b), (db) => negate(divide(multiply(e, db), e.b))),
      );
    case 'power':
      return sum(
        through(of(e.a), (da) => multiply(multiply(e.b, power(e.a, subtract(e.b, 1))), da)),
        through(of(e.b), (db) => multiply(multiply(e, log(e.a)), db)),
      );
    case 'minimum':
      return branch(less(e.b, e.a), of(e.b), of(e.a));
    case 'maximum':
      return branch(less(e.a, e.b), of(e.b), of(e.a));
    case 'select':
      return branch(e.condition, of(e.a), of(e.b));
    default:
      return undefined;
  }
}

const through = (slope: Slope, rule: (slope: Expression) => Expression): Slope => slope && rule(slope);

const sum = (a: Slope, b: Slope): Slope => (a && b ? add(a, b) : (a ?? b));

const branch = (condition: Expression, a: Slope, b: Slope): Slope =>
  a || b ? select(condition, a ?? constant(0), b ?? constant(0)) : undefined;
