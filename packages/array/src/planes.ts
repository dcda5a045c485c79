import { input, mapLeaves, planeName, type Expression } from '@txsim/ops';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';

/** Planes of conductances by their names. */
export const namedPlanes = (planes: readonly Tensor4D[]): Record<string, Tensor> =>
  Object.fromEntries(planes.map((g, p) => [planeName(p), g]));

/** The name that a contribution's per-device parameter or noise stream has in plane p. */
export const nameInPlane = (plane: number, name: string): string => `${planeName(plane)}/${name}`;

/**
 * An expression of the contributions as one of plane p: what they draw, once per device or now, is that plane's own. Names
 * of contributions have a label in front, `label/name`; those of the stages have none.
 */
export const ofPlane = (e: Expression, plane: number): Expression =>
  mapLeaves(e, (leaf) => {
    if (leaf.op === 'normal' || leaf.op === 'uniform')
      return { op: leaf.op, stream: nameInPlane(plane, leaf.stream) };
    return leaf.op === 'input' && leaf.name.includes('/') ? input(nameInPlane(plane, leaf.name)) : leaf;
  });
