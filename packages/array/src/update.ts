import { input, multiply, planeName, type Expression } from '@txsim/ops';
import type { ArrayModel } from './array-model.js';
import { applyEffects, contribute, type Trace } from './effects.js';
import { ofPlane } from './planes.js';
import { inWindow } from './program.js';

/** The change of weight that is asked for, in expressions. */
export const DELTA = 'delta';

/**
 * update: requested ΔW → requested ΔG of a plane's device → its response → the update stage → the next state.
 *
 * @param weightRange wMax, the weight that stands for the full window
 * @param trace told of what each contribution makes, before it is clipped
 */
export function updateExpression(
  model: ArrayModel,
  plane: number,
  weightRange: number,
  trace?: Trace,
): Expression {
  const { mapping, device, nonIdealities } = model;
  const window = device.product;
  const planes = Array.from({ length: mapping.planes }, (_, p) => input(planeName(p)));
  const g = planes[plane]!;
  const request = mapping.request(plane, multiply(input(DELTA), 1 / weightRange), planes, window);
  trace?.('stack.mapping', request);
  if (model.operations.update === 'digital') return inWindow({ op: 'add', a: g, b: request }, window);
  const response = contribute(device, { g, request }, (site) => device.product.respond(site), 'update stage');
  trace?.(device.label, response);
  const written = applyEffects(
    'update',
    nonIdealities,
    response,
    { before: g, request },
    (effect, value, site) => effect.apply(value, { window, ...site }),
    trace,
  );
  return ofPlane(inWindow(written, window), plane);
}
