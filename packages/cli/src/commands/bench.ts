import { Command, Option } from 'commander';
import type { BenchRequest } from '../bench/bench.js';
import { jsonOption } from './options.js';

const NOTES = `
One thread on the wasm engine, which has all rows; other engines have those that do not compare its kernels. Where a row
has a baseline, both were called in turns in this process, and the ratio is
that of neighbours. All rows take some minutes; on a machine that is busy the figures say little.`;

/** `txsim bench` */
export const benchCommand = (): Command =>
  new Command('bench')
    .description(
      'how fast this machine trains and what the kernels reach, against digital training and stock tfjs',
    )
    .argument('[name...]', 'only the rows with one of these words in their name')
    .option('--backend <name>', 'the engine: wasm, webgpu, tensorflow, cpu or auto', 'wasm')
    .option('--quick', 'a few calls of each, to see that it runs')
    .addOption(new Option('--markdown', 'print the table in Markdown').conflicts('json'))
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (names: string[], options: BenchRequest) => {
      const { bench } = await import('../bench/bench.js');
      await bench(names, options);
    });
