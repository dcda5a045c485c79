/** LEB128, unsigned. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 0x80);
  } while (value !== 0);
  return bytes;
}

/** LEB128, signed 32 bit. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    const last = (value === 0 && !(low & 0x40)) || (value === -1 && !!(low & 0x40));
    bytes.push(last ? low : low | 0x80);
    if (last) return bytes;
  }
}

/** A length-prefixed list of items that are bytes themselves. */
export const vector = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];

/** A length-prefixed string of ASCII characters. */
export const text = (value: string): number[] => [
  ...unsigned(value.length),
  ...[...value].map((c) => c.charCodeAt(0)),
];

export const section = (id: number, body: readonly number[]): number[] => [
  id,
  ...unsigned(body.length),
  ...body,
];
