/** What a new plugin is called, in all the places where it has a name. */
export interface PluginNames {
  /** The npm package. */
  readonly package: string;
  /** The namespace in stack files, and the id of the contribution. */
  readonly id: string;
  /** The export of the contribution. */
  readonly identifier: string;
}

const PACKAGE = /^(?:@[a-z0-9][a-z0-9-._]*\/)?[a-z0-9][a-z0-9-._]*$/;
const NAMESPACE = /^[a-z][a-z0-9-]*$/;
/** What npm allows. */
const LONGEST = 214;

/**
 * The names of a plugin: `hfo2` is the package `txsim-plugin-hfo2`; `txsim-plugin-hfo2` and `@acme/txsim-plugin-hfo2`
 * are packages of that name. Stacks say `hfo2`.
 *
 * @throws Error if npm or the registry of plugins would refuse the name
 */
export function namesOf(name: string, kind: string): PluginNames {
  const scoped = name.startsWith('@');
  const named = scoped || name.startsWith('txsim-plugin-') ? name : `txsim-plugin-${name}`;
  const id = named.replace(/^@[^/]*\//, '').replace(/^txsim-plugin-/, '');
  const package_ = PACKAGE.test(named) && named.length <= LONGEST;
  if (!package_ || !NAMESPACE.test(id)) {
    throw new Error(
      `"${name}": expected lower-case letters, digits and hyphens, such as hfo2 or @acme/txsim-plugin-hfo2`,
    );
  }
  return { package: named, id, identifier: camelCase(`${id}-${kind}`) };
}

const camelCase = (text: string): string => text.replaceAll(/-+(.?)/g, (_, c: string) => c.toUpperCase());
