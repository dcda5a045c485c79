import {
  add,
  constant,
  exp,
  input,
  inputNames,
  mapLeaves,
  substitute,
  multiply,
  noiseStreams,
  normal,
  operands,
  postorder,
  scope,
  select,
  uniform,
  type Expression,
} from '@txsim/ops';
import { describe, expect, test } from 'vitest';

const shared = exp(input('g'));
const e = select(
  input('up'),
  add(shared, normal('write')),
  multiply(shared, uniform('write'), normal('write')),
);

test('operands are the parts of a node, in order', () => {
  expect(operands(input('g'))).toEqual([]);
  expect(operands(shared)).toEqual([input('g')]);
  expect(operands(add(1, 2))).toEqual([constant(1), constant(2)]);
  expect(operands(select(0, 1, 2))).toEqual([constant(0), constant(1), constant(2)]);
});

describe('postorder', () => {
  const order = postorder(e);

  test('lists operands before the nodes that use them, the root last', () => {
    order.forEach((node, i) => operands(node).forEach((o) => expect(order.indexOf(o)).toBeLessThan(i)));
    expect(order.at(-1)).toBe(e);
  });

  test('lists a shared node once', () => {
    expect(order.filter((node) => node === shared)).toHaveLength(1);
  });

  test('is linear in the number of distinct nodes: 2⁵⁰ paths are no trouble', () => {
    let node: Expression = input('g');
    for (let i = 0; i < 50; i++) node = add(node, node);
    expect(postorder(node)).toHaveLength(51);
  });
});

test('inputNames and noiseStreams list each once, in the order of first use', () => {
  expect(inputNames(e)).toEqual(['up', 'g']);
  expect(noiseStreams(e)).toEqual([
    { kind: 'normal', stream: 'write' },
    { kind: 'uniform', stream: 'write' },
  ]);
});

test('substitute puts expressions in place of inputs, all at once', () => {
  const swapped = substitute(add(input('g'), multiply(input('h'), input('k'))), {
    g: input('h'),
    h: input('g'),
  });
  expect(swapped).toEqual(add(input('h'), multiply(input('g'), input('k'))));
});

describe('mapLeaves', () => {
  test('replaces leaves and leaves the rest as it is', () => {
    const doubled = mapLeaves(add(input('g'), 1), (n) => (n.op === 'constant' ? constant(2 * n.value) : n));
    expect(doubled).toEqual(add(input('g'), 2));
  });

  test('keeps shared nodes shared', () => {
    const copy = mapLeaves(e, (n) => ({ ...n }));
    expect(copy).toEqual(e);
    expect(postorder(copy)).toHaveLength(postorder(e).length);
  });

  test('may put an expression where a leaf was', () => {
    const h = multiply(input('h'), 2);
    expect(mapLeaves(add(input('g'), 1), (n) => (n.op === 'input' ? h : n))).toEqual(add(h, 1));
  });
});

test('scope puts own inputs and all noise under a name, and leaves inputs of the stage', () => {
  const scoped = scope(
    add(input('g'), input('spread'), normal('write')),
    'acme',
    (name) => name === 'spread',
  );
  expect(scoped).toEqual(add(input('g'), input('acme/spread'), normal('acme/write')));
});
