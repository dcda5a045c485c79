import type { Dimension } from './broadcast.js';

/** Where the operands of an evaluation lie: WGSL terms of their addresses for element `i`, and what these need. */
export interface Addresses {
  /** One term per operand. */
  readonly terms: readonly string[];
  /** `let` statements that the terms rest on. */
  readonly statements: string;
  /** Sizes and strides. */
  readonly integers: Readonly<Record<string, number>>;
}

/** Whether an operand runs through the output element by element. */
function isContiguous(dimensions: readonly Dimension[], operand: number): boolean {
  let stride = 1;
  for (const { size, strides } of [...dimensions].reverse()) {
    if (strides[operand] !== stride) return false;
    stride *= size;
  }
  return true;
}

/** The coordinates c0, c1, … of element `i`; the last runs fastest. */
function coordinates(dimensions: readonly Dimension[], integers: Record<string, number>): string[] {
  const lines: string[] = [];
  for (let d = dimensions.length - 1; d > 0; d--) {
    const rest = d === dimensions.length - 1 ? 'i' : `q${d}`;
    integers[`size${d}`] = dimensions[d]!.size;
    lines.push(
      `  let c${d} = ${rest} % uniforms.size${d};`,
      `  let q${d - 1} = ${rest} / uniforms.size${d};`,
    );
  }
  return [...lines, `  let c0 = ${dimensions.length > 1 ? 'q0' : 'i'};`];
}

/** Addresses of `operands` operands: element by element, always the first, or the sum of stride · coordinate. */
export function addressesOf(dimensions: readonly Dimension[], operands: number): Addresses {
  const integers: Record<string, number> = {};
  let used = false;
  const terms = Array.from({ length: operands }, (_, k) => {
    if (dimensions.every(({ strides }) => strides[k] === 0)) return '0u';
    if (isContiguous(dimensions, k)) return 'i';
    used = true;
    return dimensions
      .flatMap(({ strides }, d) => {
        const stride = strides[k]!;
        if (stride === 0) return [];
        if (stride > 1) integers[`stride${k}_${d}`] = stride;
        return [stride > 1 ? `c${d} * uniforms.stride${k}_${d}` : `c${d}`];
      })
      .join(' + ');
  });
  return { terms, statements: used ? coordinates(dimensions, integers).join('\n') : '', integers };
}
