import { nonIdeality, type ConductanceWindow, type DevicePlane } from '@txsim/core';
import { input, less, select, type Expression } from '@txsim/ops';
import { z } from 'zod';
import { invalid, parseFaultMap, type Fault, type Held } from './fault-map.js';

/** How a device that holds an end of the window is told from one that holds a conductance (> 0) and one that works (0). */
const [AT_MIN, AT_MAX] = [-1, -2];
const code = (held: Held): number => (held === 'gMin' ? AT_MIN : held === 'gMax' ? AT_MAX : held);

/**
 * Devices that hold one conductance for ever, as a file says that was measured: see `parseFaultMap`. A conductance outside
 * of the window is seen by the circuit as it is, and by writes as the nearest end of the window.
 */
export const stuckMap = nonIdeality({
  id: 'map',
  description: 'Devices that hold one conductance for ever, by a map of the faults.',
  config: z.strictObject({
    file: z
      .string()
      .default('faults.csv')
      .describe('the map, CSV with the columns matrix,plane,input,output,held; relative to the stack file'),
  }),
  create: ({ config: { file }, readFile }) => {
    let read: Promise<readonly Fault[]> | undefined;
    const faults = async (): Promise<readonly Fault[]> => {
      const bytes = await readFile(file).catch((cause: Error) =>
        invalid(file, `cannot be read: ${cause.message}. Paths are relative to the stack file.`, cause),
      );
      return parseFaultMap(new TextDecoder().decode(bytes), file);
    };
    const held = async ({ matrix, plane, inputs, outputs }: DevicePlane): Promise<Float32Array> => {
      const values = new Float32Array(inputs * outputs);
      for (const fault of await (read ??= faults())) {
        if (fault.matrix !== matrix || fault.plane !== plane) continue;
        if (fault.input >= inputs || fault.output >= outputs)
          invalid(file, `line ${fault.line}: ${matrix} has ${inputs} inputs and ${outputs} outputs, there is no device ${fault.input}, ${fault.output}`); // prettier-ignore
        values[fault.input * outputs + fault.output] = code(fault.held);
      }
      return values;
    };
    const apply = (value: Expression, { window }: { readonly window: ConductanceWindow }): Expression => {
      const fault = input('held');
      const end = select(less(fault, (AT_MIN + AT_MAX) / 2), window.gMax, window.gMin);
      return select(less(0, fault), fault, select(less(fault, AT_MIN / 2), end, value));
    };
    return {
      known: { held },
      effects: [
        { stage: 'program', apply },
        { stage: 'update', apply },
        { stage: 'conduct', apply },
      ],
    };
  },
});
