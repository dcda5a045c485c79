import type { Stack } from '@txsim/core';

/** A stack with the optional parts that training cannot do without: the update rule is trainers/outer-product. */
export const completeStack = (stack: Stack): Stack => ({
  ...stack,
  stack: { ...stack.stack, updateRule: stack.stack.updateRule ?? { use: 'trainers/outer-product' } },
});
