import { Command } from 'commander';
import type { InitRequest } from '../init/init.js';
import { jsonOption, pluginOption } from './options.js';

const NOTES = `
Writes FILE, a stack with every parameter, its unit and its default, and txsim.schema.json beside it, with which editors
complete it: run \`txsim init\` again with --force after plugins have changed. On a terminal it asks for what is not given.`;

/** `txsim init` */
export const initCommand = (): Command =>
  new Command('init')
    .description('a stack file of your own, with the parameters of what you choose')
    .argument('[file]', 'the file to write', 'stack.jsonc')
    .option('--device <id>', 'the device model, e.g. device-models/soft-bounds')
    .option('--network <id>', 'the network, e.g. mlp')
    .option('--dataset <id>', 'the data set, e.g. mnist')
    .option('--force', 'overwrite what is there')
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (file: string, options: Omit<InitRequest, 'file'>) => {
      const { init } = await import('../init/init.js');
      await init({ ...options, file });
    });
