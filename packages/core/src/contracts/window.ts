/** The conductances that a device can take, in siemens. */
export interface ConductanceWindow {
  readonly gMin: number;
  readonly gMax: number;
}

/** gMax − gMin, in siemens. */
export const conductanceRange = (w: ConductanceWindow): number => w.gMax - w.gMin;
