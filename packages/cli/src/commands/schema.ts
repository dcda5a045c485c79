import { Command } from 'commander';
import { pluginOption, jsonOption } from './options.js';

/** `txsim schema` */
export const schemaCommand = (): Command =>
  new Command('schema')
    .description('the JSON Schema of a stack file with the loaded plugins, for editors')
    .argument('[file]', 'a stack whose plugins are known then; absent: what comes with txsim')
    .addOption(pluginOption())
    .addOption(jsonOption().hideHelp())
    .action(async (file: string | undefined, options: { plugin: string[]; json?: boolean }) => {
      const { loadShown } = await import('../plugins/load-shown.js');
      const { stackJsonSchema } = await import('../config/stack-json-schema.js');
      const { printResult } = await import('../output/result.js');
      const { registry } = await loadShown(file, options.plugin);
      const schema = stackJsonSchema(registry);
      printResult(schema, options.json, () => JSON.stringify(schema, null, 2));
    });
