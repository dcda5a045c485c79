import { add, input, multiply, planeName, subtract, type Expression } from '@txsim/ops';
import type { ArrayModel } from './array-model.js';
import { countedRequest, countersBefore } from './counters.js';
import { applyEffects, contribute, type Trace } from './effects.js';
import { ofPlane } from './planes.js';
import { inWindow } from './program.js';

/** The change of weight that is asked for, in expressions. */
export const DELTA = 'delta';

/** Told of what a contribution makes for a plane. */
export type PlaneTrace = (plane: number, by: string, made: Expression) => void;

/** What becomes of the devices of each plane, and of their counters. */
export interface UpdateExpressions {
  readonly planes: readonly Expression[];
  /** In the order of `namesOfCounters`. */
  readonly counters: readonly Expression[];
}

/**
 * update: requested ΔW → requested ΔG of a plane's device → its response → the update stage → the next state.
 *
 * @param weightRange wMax, the weight that stands for the full window
 * @param trace told of what each contribution makes, before it is clipped
 */
export function updateExpressions(
  model: ArrayModel,
  weightRange: number,
  trace?: PlaneTrace,
): UpdateExpressions {
  const { mapping, device } = model;
  const window = device.product;
  const planes = Array.from({ length: mapping.planes }, (_, p) => input(planeName(p)));
  const before = countersBefore(mapping.planes);
  const writes = planes.map((g, p) => {
    const request = mapping.request(p, multiply(input(DELTA), 1 / weightRange), planes, window);
    const traced: Trace | undefined = trace && ((by, made) => trace(p, by, made));
    traced?.('stack.mapping', request);
    const next = ofPlane(inWindow(written(model, g, request, before.pulses[p]!, traced), window), p);
    return { next, more: countedRequest(request, subtract(next, g), window.pulseStep) };
  });
  return {
    planes: writes.map(({ next }) => next),
    counters: [
      ...writes.map(({ more }, p) => add(before.pulses[p]!, more.pulses)),
      ...writes.map(({ more }, p) => add(before.made[p]!, more.made)),
    ],
  };
}

/** What a device holds after it was asked for a change, before it is clipped to the window. */
function written(
  { device, nonIdealities, operations }: ArrayModel,
  g: Expression,
  request: Expression,
  pulses: Expression,
  trace?: Trace,
): Expression {
  if (operations.update === 'digital') return { op: 'add', a: g, b: request };
  const window = device.product;
  const response = contribute(device, { g, request }, (site) => device.product.respond(site), 'update stage');
  trace?.(device.label, response);
  const given = { before: g, request, pulses };
  return applyEffects(
    'update',
    nonIdealities,
    response,
    given,
    (effect, value, site) => effect.apply(value, { window, ...site }),
    trace,
  );
}
