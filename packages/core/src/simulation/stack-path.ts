import { didYouMean } from '../plugin/did-you-mean.js';

type Node = Record<string, unknown> | unknown[];

/** Ends what cannot go on, with a message about a path. */
type Fail = (detail: string) => never;

/**
 * Sets one value in a stack, in place: at `trainer.epochs`, `stack.nonIdealities.0.sigma`, or in an element by what it
 * uses, `stack.nonIdealities.write-noise.gamma`. Objects on the way that are missing are made: whether a key is known is
 * for the schemas to say.
 *
 * @param fail called where the path is malformed or leads through something that has no keys
 */
export function setAt(stack: Record<string, unknown>, path: string, value: unknown, fail: Fail): void {
  const keys = keysOf(path, fail);
  let node: Node = stack;
  keys.slice(0, -1).forEach((name, depth) => {
    const key = keyIn(node, name, fail);
    const next = valueOf(node, key) ?? {};
    if (typeof next !== 'object')
      fail(`${keys.slice(0, depth + 1).join('.')} is ${JSON.stringify(next)} and has no keys`);
    assign(node, key, next);
    node = next as Node;
  });
  assign(node, keyIn(node, keys.at(-1)!, fail), value);
}

/** The value at such a path; undefined where there is none. */
export function getAt(stack: Record<string, unknown>, path: string, fail: Fail): unknown {
  return keysOf(path, fail).reduce<unknown>((node, name) => {
    if (node === null || typeof node !== 'object') return undefined;
    return valueOf(node as Node, keyIn(node as Node, name, fail));
  }, stack);
}

function keysOf(path: string, fail: Fail): string[] {
  const keys = path.split('.');
  if (keys.some((key) => key === '' || key === '__proto__')) fail('the path has an empty or forbidden key');
  return keys;
}

const valueOf = (node: Node, key: string): unknown =>
  Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : undefined;

const assign = (node: Node, key: string, value: unknown): void => {
  (node as Record<string, unknown>)[key] = value;
};

/** The key itself; in an array the index of the element that is meant. */
function keyIn(node: Node, name: string, fail: Fail): string {
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
