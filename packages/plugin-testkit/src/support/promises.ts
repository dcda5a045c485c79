import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, test } from 'vitest';

/** What every `describe…` function takes. */
export interface Options {
  /** The configuration of the contribution; defaults where a key is missing. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Makes a tfjs backend current; absent: `cpu`, on which all reference compositions run. */
  readonly activate?: () => Promise<unknown>;
  /** Promises that cannot be kept, with the reason; each runs as `test.fails`, so that it is heard of once it holds. */
  readonly exempt?: Readonly<Record<string, string>>;
}

/** Declares a promise: its name is a sentence that holds if `check` does not throw. */
export type Promised = (name: string, check: () => void | Promise<void>) => void;

/** A suite of named promises on one backend. */
export function describePromises(
  title: string,
  options: Options,
  declare: (promised: Promised) => void,
): void {
  const { activate = () => tf.setBackend('cpu'), exempt = {} } = options;
  describe(title, () => {
    beforeAll(async () => void (await activate()));
    const names: string[] = [];
    declare((name, check) => {
      names.push(name);
      const reason = exempt[name];
      if (reason === undefined) test(name, check);
      else test.fails(`${name} (exempt: ${reason})`, check);
    });
    for (const name of Object.keys(exempt).filter((n) => !names.includes(n))) {
      test(`the exemption "${name}" is of a promise`, () => {
        throw new Error(`"${title}" makes no such promise; it makes: ${names.join('; ')}`);
      });
    }
  });
}
