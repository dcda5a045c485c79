/** Prints a result on standard output: one JSON object, or words. */
export function printResult(result: object, json: boolean | undefined, words: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${words()}\n`);
}

/** Something the user should know of, on standard error. */
export const printWarning = (message: string): void => void process.stderr.write(`warning: ${message}\n`);
