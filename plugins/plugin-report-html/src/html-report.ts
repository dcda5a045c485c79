import { reporter, type RunFolder } from '@txsim/core';
import { z } from 'zod';
import { recall, recordRun } from './record.js';
import { makeReport } from './report.js';

/** The file's name in the run's folder. */
export const REPORT_FILE = 'report.html';

/**
 * Writes `report.html` when a run ends: one file that loads nothing, with accuracy and loss against the digital twin,
 * the stack, conductances before and after, and what wires and variation cost one tile of each matrix. Each plot is also
 * written to `plots/` as SVG.
 */
export const htmlReport = reporter({
  id: 'html',
  description:
    'report.html: results against the digital twin, the stack, conductances, losses in the arrays.',
  config: z.strictObject({}),
  create: ({ on }) => {
    const record = recordRun(on);
    let folder: RunFolder | undefined;
    return {
      open: (run, runFolder) => {
        record.run = run;
        recall(record, run.history);
        folder = runFolder;
      },
      close: async (result) => {
        if (!folder) return;
        const { page, plots } = await makeReport({ ...record, result });
        for (const [name, svg] of plots) await folder.write(name, svg);
        await folder.write(REPORT_FILE, page);
      },
    };
  },
});
