import { clamp, input, mapLeaves, multiply, planeName, select, type Expression } from '@txsim/ops';
import type { ArrayModel } from './array-model.js';
import { decodeExpression } from './decode.js';
import { applyEffects, type Trace } from './effects.js';
import { ofPlane } from './planes.js';

/** Names that the stages' expressions use for the tensors of an analog matrix. */
export const FRACTION = 'fraction';
export const USED = 'used';

/** Conductances inside the window, and 0 where the array has no device in use. */
export const inWindow = (g: Expression, { gMin, gMax }: { gMin: number; gMax: number }): Expression =>
  multiply(clamp(g, gMin, gMax), input(USED));

/** program: w/wMax → target conductance of a plane → what the devices of the plane then hold. */
export function programExpression(
  { mapping, device, nonIdealities }: ArrayModel,
  plane: number,
  trace?: Trace,
): Expression {
  const window = device.product;
  const target = mapping.encode(plane, input(FRACTION), window);
  trace?.('stack.mapping', target);
  const written = applyEffects(
    'program',
    nonIdealities,
    target,
    {},
    (effect, value) => effect.apply(value, { window }),
    trace,
  );
  return ofPlane(inWindow(written, window), plane);
}

/** What the devices of a plane hold after a refresh: programmed anew where the mapping says so; undefined without one. */
export function refreshExpression(model: ArrayModel, plane: number): Expression | undefined {
  const { mapping, device } = model;
  if (!mapping.refresh) return undefined;
  const planes = Array.from({ length: mapping.planes }, (_, p) => input(planeName(p)));
  const anew = mapLeaves(programExpression(model, plane), (leaf) =>
    leaf.op === 'input' && leaf.name === FRACTION ? decodeExpression(model, 1) : leaf,
  );
  return select(mapping.refresh.needs(planes, device.product), anew, planes[plane]!);
}
