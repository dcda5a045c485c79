import { Command } from 'commander';
import { jsonOption, pluginOption } from './options.js';

/** `txsim doctor` */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('what runs here: Node.js, the machine, each backend and why not')
    .addOption(pluginOption())
    .addOption(jsonOption())
    .action(async (options: { plugin: string[]; json?: boolean }) => {
      const { doctor } = await import('../plugins/doctor.js');
      await doctor(options);
    });
