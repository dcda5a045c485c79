import { didYouMean } from '@txsim/core';
import { InputError } from '../output/input-error.js';

type Node = Record<string, unknown> | unknown[];

/**
 * Sets one value in a stack, in place: `trainer.epochs=3`, `stack.nonIdealities.0.sigma=0.1`, or an element by what it
 * uses, `stack.nonIdealities.write-noise.gamma=5`. The value is JSON where it can be read as such, else text. Objects
 * on the way that are missing are made: whether a key is known is for the schemas to say.
 *
 * @throws InputError if the assignment has no `=`, or its path leads through something that has no keys
 */
export function setValue(stack: Record<string, unknown>, assignment: string): void {
  const at = assignment.indexOf('=');
  const fail = (detail: string): never => {
    throw new InputError(`--set ${assignment}: ${detail}`);
  };
  if (at < 1) fail('expected path=value, e.g. trainer.epochs=3');
  const path = assignment.slice(0, at).split('.');
  if (path.some((key) => key === '' || key === '__proto__')) fail('the path has an empty or forbidden key');
  let node: Node = stack;
  path.slice(0, -1).forEach((name, depth) => {
    const key = keyIn(node, name, fail);
    const next = valueOf(node, key) ?? {};
    if (typeof next !== 'object')
      fail(`${path.slice(0, depth + 1).join('.')} is ${JSON.stringify(next)} and has no keys`);
    assign(node, key, next);
    node = next as Node;
  });
  assign(node, keyIn(node, path.at(-1)!, fail), parseValue(assignment.slice(at + 1)));
}

/** JSON where it is JSON, else the text itself. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const valueOf = (node: Node, key: string): unknown =>
  Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : undefined;

const assign = (node: Node, key: string, value: unknown): void => {
  (node as Record<string, unknown>)[key] = value;
};

/** The key itself; in an array the index of the element that is meant. */
function keyIn(node: Node, name: string, fail: (detail: string) => never): string {
  if (!Array.isArray(node)) return name;
  if (/^\d+$/.test(name)) {
    if (Number(name) <= node.length) return name;
    return fail(`index ${name} is beyond the end, there are ${node.length}`);
  }
  const uses = node.map((element) => String((element as { use?: unknown } | null)?.use ?? ''));
  const found = uses.flatMap((use, i) => (use === name || use.split('/').includes(name) ? [i] : []));
  if (found.length === 1) return String(found[0]);
  if (found.length > 1)
    return fail(`${found.length} elements use "${name}"; name one by its index: ${found.join(', ')}`);
  const known = uses.filter((use) => use !== '');
  return fail(
    `no element uses "${name}".${didYouMean(name, known) || ` There are: ${known.join(', ') || 'none'}.`}`,
  );
}
