import { Command } from 'commander';
import { jsonOption, pluginOption } from './options.js';

/** `txsim describe` */
export const describeCommand = (): Command =>
  new Command('describe')
    .description('what a contribution does, where it is published, and its parameters with units')
    .argument('<id>', 'namespace/id, or a namespace that has only one')
    .addOption(pluginOption())
    .addOption(jsonOption())
    .action(async (id: string, options: { plugin: string[]; json?: boolean }) => {
      const { describe } = await import('../plugins/describe.js');
      await describe(id, options);
    });
