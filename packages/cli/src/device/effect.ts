import { configure, nonIdeality, type ContributionContext, type NonIdeality } from '@txsim/core';
import { randomStream } from '@txsim/ops';
import { naming } from '../config/load-stack.js';
import { setValue } from '../config/set-value.js';
import { InputError } from '../output/input-error.js';
import { printResult } from '../output/result.js';
import { loadShown } from '../plugins/load-shown.js';
import { writeAtomically } from '../run/write-atomically.js';
import { drawEffect } from './draw-effect.js';
import { checkPicture } from './draw-response.js';
import type { DeviceRequest } from './load-device.js';
import { sampleEffect } from './sample-effect.js';

/** `txsim device effect` as it was typed. */
export interface DeviceEffectRequest extends DeviceRequest {
  readonly devices: number;
  readonly seed: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `txsim device effect` */
export async function effect(id: string, request: DeviceEffectRequest): Promise<void> {
  const { devices, seed, force, json } = request;
  const out = request.out ?? `${id.split('/').at(-1)}.svg`;
  checkPicture('--out', out, force);
  const { use, product } = await loadEffect(id, request);
  const stages = sampleEffect(product, devices, seed);
  const title = [use, ...request.set].join(', ');
  const notes = [
    `bands: 5–95 % and 25–75 % of ${devices} devices; line: their median; points: single devices; dashed: without it`,
  ];
  await writeAtomically(out, await drawEffect(title, notes, stages));
  printResult({ file: out, effect: use, stages }, json, () =>
    [out, ...notes.map((note) => `  ${note}`)].join('\n'),
  );
}

/**
 * The non-ideality of an id, with the parameters that are set.
 *
 * @throws InputError if there is none, a parameter is wrong, or it is known of single devices only
 */
async function loadEffect(
  id: string,
  { set, plugin }: DeviceRequest,
): Promise<{ use: string; product: NonIdeality }> {
  const { registry } = await loadShown(undefined, plugin);
  return naming(id, async () => {
    const registration = registry.find(nonIdeality, id);
    const { contribution, use } = registration;
    const config: Record<string, unknown> = {};
    for (const assignment of set) setValue(config, assignment);
    const complete = configure(registration, { ...config, use }, 'effect');
    const context = { config: complete, label: use, random: (...purpose: string[]) => randomStream(1, use, ...purpose) }; // prettier-ignore
    const product = contribution.create(context as unknown as ContributionContext<never>) as NonIdeality;
    if (product.known)
      throw new InputError(`${use}: it is told of each device by a file; there is no effect on any device`);
    return { use, product };
  });
}
