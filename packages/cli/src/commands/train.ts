import { Command, Option } from 'commander';
import type { TrainRequest } from '../run/prepare.js';
import { jsonOption, pluginOption, setOption, wholeNumber } from './options.js';

const NOTES = `
FILE is a stack in JSON with comments, a module (.js, .mjs) that exports one by default, a preset (txsim presets), or the
run.json of an earlier run, which is then made again. Without FILE it is the built-in MNIST example. Paths in a stack are relative to its
file. The run is written to DIR: run.json, metrics.jsonl, report.html, checkpoint.safetensors.`;

/** `txsim train` */
export const trainCommand = (): Command =>
  new Command('train')
    .description('train the network of a stack')
    .argument('[file]', 'the stack; absent: the built-in MNIST example')
    .addOption(setOption())
    .addOption(pluginOption())
    .addOption(new Option('--seed <n>', 'seed of all that is random').argParser(wholeNumber(0)))
    .option('--out <dir>', 'new folder for the run; absent: runs/NAME-1, -2, …')
    .option('--resume <dir>', 'go on with the run in this folder; trainer.epochs may be set')
    .option('--no-twin', 'do not train the same network digitally beside it')
    .addOption(
      new Option(
        '--checkpoint-every <steps>',
        'write a checkpoint every so many steps, not only after epochs',
      ).argParser(wholeNumber(1)),
    )
    .option('--strict', 'look at shapes, finiteness and leaks at every stage, and name who is at fault; slow')
    .addOption(
      new Option(
        '--dry-run',
        'tell tiles, devices, memory and time, from a few timed steps; nothing is written',
      ).conflicts(['out', 'resume', 'checkpointEvery']),
    )
    .addOption(
      new Option(
        '--attribute',
        'train with each non-ideality alone and with each taken away, in forward, backward and update, and tell which costs what',
      ).conflicts(['resume', 'checkpointEvery', 'dryRun']),
    )
    .addOption(
      new Option('--seeds <n>', 'with --attribute: seeds of each point (default: 3)').argParser(
        wholeNumber(1),
      ),
    )
    .addOption(
      new Option('--workers <n>', 'with --attribute: processes (default: one for each processor)').argParser(
        wholeNumber(1),
      ),
    )
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(
      async (
        file: string | undefined,
        options: Omit<TrainRequest, 'file'> & { dryRun?: boolean; attribute?: boolean },
      ) => {
        if (options.attribute) {
          const { attribute } = await import('../sweep/attribution.js');
          return attribute({ ...options, file });
        }
        if (options.dryRun) {
          const { dryRun } = await import('../run/dry-run.js');
          return dryRun({ ...options, file });
        }
        const { train } = await import('../run/train.js');
        await train({ ...options, file });
      },
    );
