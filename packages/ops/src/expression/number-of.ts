import { BINARY_ARITHMETIC, UNARY_ARITHMETIC } from './arithmetic.js';
import type { Expression } from './expression.js';
import { operands, postorder } from './traverse.js';

/** A compiled expression: numbers by the name of the input → one number. */
export type NumberFunction = (inputs: Readonly<Record<string, number>>) => number;

type Step = (values: Float64Array, inputs: Readonly<Record<string, number>>) => number;

/**
 * An expression of the nominal device as a function of numbers, in float64: normal noise is 0 and uniform noise ½. For
 * curves, fits and queries, where one device is asked for many pulses and a tensor would hold one element.
 *
 * @throws Error from the function if an input is missing
 */
export function numberOf(expression: Expression): NumberFunction {
  const nodes = postorder(expression);
  const place = new Map(nodes.map((node, i) => [node, i]));
  const steps = nodes.map((node) =>
    stepOf(
      node,
      operands(node).map((x) => place.get(x)!),
    ),
  );
  const values = new Float64Array(nodes.length);
  return (inputs) => {
    for (let i = 0; i < steps.length; i++) values[i] = steps[i]!(values, inputs);
    return values[steps.length - 1]!;
  };
}

function stepOf(node: Expression, [a = 0, b = 0, c = 0]: readonly number[]): Step {
  switch (node.op) {
    case 'constant': {
      const { value } = node;
      return () => value;
    }
    case 'input': {
      const { name } = node;
      return (_, inputs) => {
        const value = inputs[name];
        if (value === undefined) throw new Error(`the expression needs the input "${name}"`);
        return value;
      };
    }
    case 'normal':
      return () => 0;
    case 'uniform':
      return () => 0.5;
    case 'select':
      return (values) => (values[a] !== 0 ? values[b]! : values[c]!);
    default: {
      if ('b' in node) {
        const operation = BINARY_ARITHMETIC[node.op];
        return (values) => operation(values[a]!, values[b]!);
      }
      const operation = UNARY_ARITHMETIC[node.op];
      return (values) => operation(values[a]!);
    }
  }
}
