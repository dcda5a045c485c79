import { InvalidArgumentError, Option } from 'commander';

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** `--json` */
export const jsonOption = (): Option => new Option('--json', 'print one JSON object on standard output');

/** `--plugin NAME`, any number of times */
export const pluginOption = (): Option =>
  new Option('--plugin <name>', 'load a plugin: a package, its short name, or a path; may be repeated')
    .argParser(collect)
    .default([] as string[], 'none');

/** `--set path=value`, any number of times */
export const setOption = (
  what = 'set a value of the stack, e.g. stack.nonIdealities.write-noise.gamma=5; may be repeated',
): Option => new Option('--set <path=value>', what).argParser(collect).default([] as string[], 'none');

/** Reads a whole number from an option. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Expected a whole number ≥ ${least}.`);
  };

/** Reads a number above 0 from an option. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a number > 0.');
}
