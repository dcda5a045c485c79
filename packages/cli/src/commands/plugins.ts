import { Command } from 'commander';
import { jsonOption, pluginOption } from './options.js';

/** `txsim plugins` */
export const pluginsCommand = (): Command =>
  new Command('plugins')
    .description('what is loaded, for a stack or without one, and what it contributes')
    .argument('[file]', 'a stack; absent: what comes with txsim')
    .addOption(pluginOption())
    .addOption(jsonOption())
    .action(async (file: string | undefined, options: { plugin: string[]; json?: boolean }) => {
      const { listPlugins } = await import('../plugins/list-plugins.js');
      await listPlugins(file, options);
    });
