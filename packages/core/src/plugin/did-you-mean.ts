import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "x"?` for the nearest known word, or one that contains it, or nothing if none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const near = closest(word, known);
  if (distance(word, near) <= Math.max(2, word.length / 3)) return ` Did you mean "${near}"?`;
  const containing = word.length < 3 ? undefined : known.find((k) => k.includes(word));
  return containing === undefined ? '' : ` Did you mean "${containing}"?`;
}
