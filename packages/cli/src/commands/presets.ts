import { Command } from 'commander';
import { jsonOption } from './options.js';

/** `txsim presets` */
export const presetsCommand = (): Command =>
  new Command('presets')
    .description('stacks that come with txsim, to be used where a file is: txsim train NAME')
    .argument('[name]', 'show the stack of this one')
    .addOption(jsonOption())
    .action(async (name: string | undefined, options: { json?: boolean }) => {
      const { showPresets } = await import('../config/show-presets.js');
      await showPresets(name, options);
    });
