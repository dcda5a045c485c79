import { Command } from 'commander';
import { jsonOption } from './options.js';

const KINDS = `
KIND is device-model, non-ideality, dac, adc, driver, sense, compensation, mapping, wire-model, speedup-policy, update-rule, trainer, network, dataset,
reporter or backend.`;

/** `txsim plugin …` */
export const pluginCommand = (): Command =>
  new Command('plugin').description('a plugin of your own').addCommand(createCommand());

const createCommand = (): Command =>
  new Command('create')
    .description('a new package that builds and passes its tests: source, schema, tests, README, CI')
    .argument('<name>', 'hfo2, txsim-plugin-hfo2 or @acme/txsim-plugin-hfo2')
    .requiredOption('--kind <kind>', 'what it contributes, e.g. device-model')
    .option('--out <dir>', 'the folder, empty or not there; absent: the name of the package')
    .addOption(jsonOption())
    .addHelpText('after', KINDS)
    .action(async (name: string, options: { kind: string; out?: string; json?: boolean }) => {
      const { create } = await import('../plugins/create.js');
      create(name, options);
    });
