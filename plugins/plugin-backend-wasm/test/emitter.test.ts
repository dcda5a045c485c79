import { add, exp, input, multiply, subtract, type Expression } from '@txsim/ops';
import { expect, test } from 'vitest';
import { Compiler, type Operand } from '../src/emitter/compile.js';
import { Graph, Level } from '../src/emitter/graph.js';
import { lower } from '../src/emitter/lower.js';

/** Where the tests put the table of places, in words. */
const TABLE = 1000;

const operands = (...kinds: Operand['kind'][]): Operand[] =>
  kinds.map((kind, i) => ({ id: `input:${'abc'[i]}`, kind }));

test('a loop of any length writes its elements and nothing else', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const run = new Compiler(memory).compile([add(input('a'), input('b'))], operands('element', 'scalar'));
  const floats = new Float32Array(memory.buffer);
  for (let n = 0; n < 12; n++) {
    floats.fill(-7);
    for (let i = 0; i < n; i++) floats[100 + i] = i;
    floats[50] = 0.5;
    new Int32Array(memory.buffer).set([4 * 200, 4 * 100, 0, 4 * 50, 0], TABLE);
    run(1, n, 4 * TABLE);
    for (let i = 0; i < 40; i++) expect(floats[190 + i]).toBe(i >= 10 && i < 10 + n ? i - 10 + 0.5 : -7);
  }
});

test('rows move each operand by its own step', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const run = new Compiler(memory).compile(
    [add(input('a'), input('b'), input('c'))],
    operands('element', 'scalar', 'element'),
  );
  const floats = new Float32Array(memory.buffer);
  floats.set([0, 1, 2, 3, 4, 99, 10, 11, 12, 13, 14], 100);
  floats.set([100, 99, 200], 150);
  floats.set([1000, 2000, 3000, 4000, 5000], 200);
  new Int32Array(memory.buffer).set([4 * 300, 4 * 100, 24, 4 * 150, 8, 4 * 200, 0], TABLE);
  run(2, 5, 4 * TABLE);
  expect([...floats.subarray(300, 310)]).toEqual([
    1100, 2101, 3102, 4103, 5104, 1210, 2211, 3212, 4213, 5214,
  ]);
});

const valuesOf = (e: Expression): number => {
  const graph = new Graph();
  lower(graph, e, () => graph.operand(0, Level.element));
  return graph.values.length;
};

test('equal sub-expressions are computed once, also when they are separate objects', () => {
  const part = (): Expression => exp(multiply(input('a'), 3));
  const shared = part();
  expect(valuesOf(multiply(part(), part()))).toBe(valuesOf(multiply(shared, shared)));
  expect(valuesOf(multiply(part(), part()))).toBe(valuesOf(part()) + 1);
});

test('what is constant is computed at compile time', () => {
  const graph = new Graph();
  const root = lower(graph, add(exp(2), subtract(3, 1)), () => graph.operand(0, Level.element));
  expect(graph.known(root)).toBe(Math.fround(Math.fround(Math.exp(2)) + 2));
  expect(graph.values.every((v) => v.instruction === 'v128.const')).toBe(true);
});

test('two expressions in one loop have a result each', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const sum = add(input('a'), input('b'));
  const run = new Compiler(memory).compile(
    [multiply(sum, 2), subtract(sum, 1)],
    operands('element', 'element'),
  );
  const floats = new Float32Array(memory.buffer);
  floats.set([0, 1, 2, 3, 4], 100);
  floats.set([10, 20, 30, 40, 50], 150);
  new Int32Array(memory.buffer).set([4 * 300, 4 * 400, 4 * 100, 0, 4 * 150, 0], TABLE);
  run(1, 5, 4 * TABLE);
  expect([...floats.subarray(300, 305)]).toEqual([20, 42, 64, 86, 108]);
  expect([...floats.subarray(400, 405)]).toEqual([9, 20, 31, 42, 53]);
});

test('programs of equal structure are compiled once per memory', () => {
  const compiler = new Compiler(new WebAssembly.Memory({ initial: 1 }));
  const make = (): Expression => add(multiply(input('a'), 2), 1);
  const first = compiler.compile([make()], operands('element'));
  expect(compiler.compile([make()], operands('element'))).toBe(first);
  expect(compiler.compile([make()], operands('scalar'))).not.toBe(first);
});
