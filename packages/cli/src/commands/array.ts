import { Command, Option } from 'commander';
import type { ArraySolveRequest } from '../array-solve.js';
import { jsonOption } from './options.js';

const NOTES = `
FILE is JSON, in SI units; - is standard input:
  { "conductances": [[1e-5, 2e-5], …],        M rows (word lines) of N siemens
    "voltages": [[0.2, 0.1], …],              K vectors of M volts; with --backward of N
    "wire": { "row": 2.5, "column": 2.5 },    ohms per segment
    "source": 500, "sink": 100 }              ohms in front of each word line, behind each bit line`;

/** `txsim array …` */
export const arrayCommand = (): Command =>
  new Command('array').description('one crossbar by itself').addCommand(
    new Command('solve')
      .description('the currents out of a crossbar with wire resistance')
      .argument('<file>', 'the crossbar in JSON; - is standard input')
      .addOption(
        new Option('--method <name>', 'how it is solved')
          .choices(['exact', 'ladder', 'ideal'])
          .default('exact'),
      )
      .option('--backward', 'drive the bit lines and sense the word lines')
      .addOption(jsonOption())
      .addHelpText('after', NOTES)
      .action(async (file: string, options: ArraySolveRequest) => {
        const { solve } = await import('../array-solve.js');
        await solve(file, options);
      }),
  );
