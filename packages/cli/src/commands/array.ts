import { Command, Option } from 'commander';
import type { ArrayPlotRequest } from '../array/plot.js';
import type { ArraySolveRequest } from '../array/solve.js';
import { jsonOption, positiveNumber, wholeNumber } from './options.js';

const FILE = `
FILE is JSON, in SI units; - is standard input:
  { "conductances": [[1e-5, 2e-5], …],        M rows (word lines) of N siemens
    "voltages": [[0.2, 0.1], …],              K vectors of M volts; with --backward of N
    "wire": { "row": 2.5, "column": 2.5 },    ohms per segment
    "source": 500, "sink": 100,               ohms in front of each word line, behind each bit line
    "iv": { "kind": "sinh", "beta": 2 } }     curve of the cells, G sinh(beta V)/beta; linear where it is left out;
                                              "kind": "cubic", "c": 0.1 is G (V - c V^3);
                                              "kind": "expression", "f": is G f(v), f an expression of @txsim/ops`;

const METHODS = `
Methods:
  exact                the network itself, with a proved bound; cells with a curve by Newton's method
  ladder, ladder2      closed forms, lines exact and sneak paths of rank one and four; the error is an estimate
  auto                 the first of ladder, ladder2 and exact whose error on four of the vectors is accepted;
                       no more vectors than that are solved exactly
  ideal                wires without resistance
  aam, alpha-beta, dmr, jeong, series
                             published approximations, to compare; linear cells only`;

const QUANTITIES = `
Quantities:
  voltage              of the nodes of word lines and of bit lines
  current              through the devices, from word line to bit line; backward the other way
  loss                 1 − Geff/G, what the wires and terminations take of each conductance`;

const METHOD_NAMES = [
  'exact',
  'ladder',
  'ladder2',
  'auto',
  'aam',
  'alpha-beta',
  'dmr',
  'jeong',
  'series',
  'ideal',
];

const fileArgument = ['<file>', 'the crossbar in JSON; - is standard input'] as const;
const backwardOption = () => new Option('--backward', 'drive the bit lines and sense the word lines');

/** `txsim array …` */
export const arrayCommand = (): Command =>
  new Command('array')
    .description('one crossbar by itself')
    .addCommand(solveCommand())
    .addCommand(plotCommand());

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

const plotCommand = (): Command =>
  new Command('plot')
    .description('heat maps of what the wires of a crossbar do, from the exact solution')
    .argument(...fileArgument)
    .addOption(
      new Option('--what <quantity>', 'what is drawn')
        .choices(['voltage', 'current', 'loss'])
        .default('voltage'),
    )
    .option('--vector <index>', 'which vector of voltages, counted from 0 (default: 0)', wholeNumber(0))
    .option('--out <file>', 'the picture, .svg or .html (default: FILE-QUANTITY.svg in this folder)')
    .option('--force', 'overwrite the picture if it is there')
    .addOption(backwardOption())
    .addOption(jsonOption())
    .addHelpText('after', `${QUANTITIES}\n${FILE}`)
    .action(async (file: string, options: ArrayPlotRequest) => {
      const { plot } = await import('../array/plot.js');
      await plot(file, options);
    });
