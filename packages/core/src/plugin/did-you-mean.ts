import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "x"?` for the nearest known word, or nothing if none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const near = closest(word, known as string[]);
  const close = distance(word, near) <= Math.max(2, word.length / 3) || near.includes(word);
  return close ? ` Did you mean "${near}"?` : '';
}
