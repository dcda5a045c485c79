import { createPlugin, nextSteps, type CreatedPlugin } from 'create-txsim-plugin';
import { InputError } from '../output/input-error.js';
import { printResult } from '../output/result.js';

/** `txsim plugin create` */
export function create(
  name: string,
  { kind, out: folder, json }: { readonly kind: string; readonly out?: string; readonly json?: boolean },
): void {
  const created = made(() => createPlugin({ name, kind, folder }));
  printResult(created, json, () => nextSteps(created).trimEnd());
}

/** What is wrong is wrong with the input. */
function made(create: () => CreatedPlugin): CreatedPlugin {
  try {
    return create();
  } catch (cause) {
    throw new InputError((cause as Error).message, [], { cause });
  }
}
