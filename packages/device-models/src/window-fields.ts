import { z } from 'zod';

/** The configuration keys of a conductance window, for the schema of a device model. */
export const windowFields = {
  gMin: z.number().positive().default(1e-6).describe('smallest conductance, siemens'),
  gMax: z.number().positive().default(1e-5).describe('largest conductance, siemens'),
};

/** A check for schemas with a conductance window: gMin < gMax. */
export const windowIsOpen = (payload: {
  value: { gMin: number; gMax: number };
  issues: z.core.$ZodRawIssue[];
}): void => {
  const { gMin, gMax } = payload.value;
  if (gMin < gMax) return;
  payload.issues.push({
    code: 'custom',
    path: ['gMin'],
    input: payload.value,
    message: `expected gMin < gMax (siemens), but gMax is ${gMax}; were ohms meant? A conductance is 1 / resistance`,
  });
};
