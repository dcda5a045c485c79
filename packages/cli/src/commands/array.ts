import { Command, Option } from 'commander';
import type { ArraySolveRequest } from '../array/solve.js';
import { jsonOption, positiveNumber } from './options.js';

const FILE = `
FILE is JSON, in SI units; - is standard input:
  { "conductances": [[1e-5, 2e-5], …],        M rows (word lines) of N siemens
    "voltages": [[0.2, 0.1], …],              K vectors of M volts; with --backward of N
    "wire": { "row": 2.5, "column": 2.5 },    ohms per segment
    "source": 500, "sink": 100,               ohms in front of each word line, behind each bit line
    "iv": { "kind": "sinh", "beta": 2 } }     curve of the cells, G sinh(beta V)/beta; linear where it is left out;
                                              "kind": "cubic", "c": 0.1 is G (V - c V^3)`;

const METHODS = `
Methods:
  exact                the network itself, with a proved bound; cells with a curve by Newton's method
  ladder, ladder2      closed forms, lines exact and sneak paths of rank one and four; the error is an estimate
  auto                 the first of ladder, ladder2 and exact whose error on four of the vectors is accepted;
                       no more vectors than that are solved exactly
  ideal                wires without resistance
  aam, dmr, jeong, series    published approximations, to compare; linear cells only`;

const METHOD_NAMES = ['exact', 'ladder', 'ladder2', 'auto', 'aam', 'dmr', 'jeong', 'series', 'ideal'];

const fileArgument = ['<file>', 'the crossbar in JSON; - is standard input'] as const;
const backwardOption = () => new Option('--backward', 'drive the bit lines and sense the word lines');

/** `txsim array …` */
export const arrayCommand = (): Command =>
  new Command('array').description('one crossbar by itself').addCommand(solveCommand());

const solveCommand = (): Command =>
  new Command('solve')
    .description('the currents out of a crossbar with wire resistance')
    .argument(...fileArgument)
    .addOption(new Option('--method <name>', 'how it is solved').choices(METHOD_NAMES).default('exact'))
    .option(
      '--tolerance <fraction>',
      'error to prove (exact, 1e-11) or to accept (auto, 0.01), of the currents',
      positiveNumber,
    )
    .addOption(
      new Option('--pairs', 'auto: accept by the error of differences of adjacent columns, 0 − 1, 2 − 3 …') //
        .conflicts('backward'),
    )
    .addOption(backwardOption())
    .addOption(jsonOption())
    .addHelpText('after', `${METHODS}\n${FILE}`)
    .action(async (file: string, options: ArraySolveRequest) => {
      const { solve } = await import('../array/solve.js');
      await solve(file, options);
    });
