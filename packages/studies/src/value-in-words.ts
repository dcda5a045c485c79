/** A value as it is written, texts without quotes. */
export const valueInWords = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
