import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ContributionContext } from './context.js';

const POINT = Symbol.for('txsim.extension-point');
const CONTRIBUTION = Symbol.for('txsim.contribution');

/** How many contributions of a point a stack holds. */
export type Multiplicity = 'one' | 'many';

/** What a plugin author writes: `deviceModel({ id, description, config, create })`. */
export interface Declaration<Product, Schema extends StandardSchemaV1> {
  /** Stacks say `namespace/id`. */
  readonly id: string;
  /** One or two sentences, with the source of the model. */
  readonly description: string;
  /** Where the model is published; `describe` prints it. */
  readonly citation?: string;
  /** A closed schema; each key says its unit in its description. */
  readonly config: Schema;
  /** Makes the product. No tensors here: the backend is chosen afterwards. */
  readonly create: (context: ContributionContext<StandardSchemaV1.InferOutput<Schema>>) => Product;
}

/** A declaration bound to its extension point. */
export interface Contribution<Product = unknown> {
  readonly [CONTRIBUTION]: true;
  readonly point: Point;
  readonly id: string;
  readonly description: string;
  readonly citation?: string;
  readonly config: StandardSchemaV1;
  // A method, so that a Contribution<DeviceModel> is a Contribution<unknown>.
  create(context: ContributionContext<never>): Product;
}

/** The name of an extension point. */
export interface Point {
  readonly [POINT]: true;
  readonly point: string;
  readonly multiplicity: Multiplicity;
}

/** A place where plugins contribute; called, it makes a typed contribution. */
export interface ExtensionPoint<Product> extends Point {
  <Schema extends StandardSchemaV1>(declaration: Declaration<Product, Schema>): Contribution<Product>;
}

const IDENTIFIER = /^[a-z][a-zA-Z0-9-]*$/;

/**
 * Opens an extension point. A plugin may open its own.
 *
 * @param point name, unique among the points of a stack
 * @throws Error if the name is not an identifier (letters, digits, hyphens)
 */
export function defineExtensionPoint<Product>(
  point: string,
  multiplicity: Multiplicity,
): ExtensionPoint<Product> {
  if (!IDENTIFIER.test(point))
    throw new Error(`extension point "${point}": expected letters, digits and hyphens`);
  const contribute = <Schema extends StandardSchemaV1>(
    d: Declaration<Product, Schema>,
  ): Contribution<Product> => {
    if (!IDENTIFIER.test(d.id)) throw new Error(`${point} "${d.id}": an id is letters, digits and hyphens`);
    return Object.freeze({ [CONTRIBUTION]: true as const, point: self, ...d }) as Contribution<Product>;
  };
  const self: ExtensionPoint<Product> = Object.freeze(
    Object.assign(contribute, { [POINT]: true as const, point, multiplicity }),
  );
  return self;
}

const branded = (value: unknown, brand: symbol): boolean =>
  value !== null && (typeof value === 'object' || typeof value === 'function') && brand in value;

/** Whether a value came from an extension point, of this or another copy of the package. */
export const isContribution = (value: unknown): value is Contribution => branded(value, CONTRIBUTION);
/** Whether a value is an extension point, of this or another copy of the package. */
export const isExtensionPoint = (value: unknown): value is Point => branded(value, POINT);
