import { reporter } from '@txsim/core';
import { htmlReport } from '@txsim/plugin-report-html';
import { jsonLines } from '@txsim/plugin-report-json-lines';
import { z } from 'zod';
import { describeReporter } from '../src/index.js';

describeReporter(htmlReport);
describeReporter(jsonLines);

const reason = 'broken on purpose';

describeReporter(
  reporter({
    id: 'careless',
    description: 'For tests.',
    config: z.strictObject({}),
    create: ({ on }) => {
      let append: (line: string) => void = () => undefined;
      on('progress', ({ loss }) => {
        if (!Number.isFinite(loss)) throw new Error('not a number');
        append(`${performance.now()}`);
      });
      return { open: (_, folder) => void (append = (line) => folder!.append('../log', line)) };
    },
  }),
  {
    exempt: {
      'it reports losses that are not finite': reason,
      'without a folder it writes nothing and does not fail': reason,
      'it writes inside of the run’s folder': reason,
      'the same run gives the same files': reason,
    },
  },
);
