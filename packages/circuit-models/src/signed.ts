import { less, negate, select, type Expression } from '@txsim/ops';

/** A magnitude with the sign of the current; 0 has none, so that converting it again leaves it as it is. */
export const signed = (current: Expression, magnitude: Expression): Expression =>
  select(less(0, magnitude), select(less(0, current), magnitude, negate(magnitude)), 0);
