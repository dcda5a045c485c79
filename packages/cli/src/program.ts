import { Command } from 'commander';
import { arrayCommand } from './commands/array.js';
import { benchCommand } from './commands/bench.js';
import { describeCommand } from './commands/describe.js';
import { deviceCommand } from './commands/device.js';
import { doctorCommand } from './commands/doctor.js';
import { evaluateCommand } from './commands/evaluate.js';
import { initCommand } from './commands/init.js';
import { pluginCommand } from './commands/plugin.js';
import { pluginsCommand } from './commands/plugins.js';
import { presetsCommand } from './commands/presets.js';
import { reportCommand } from './commands/report.js';
import { schemaCommand } from './commands/schema.js';
import { sweepCommand } from './commands/sweep.js';
import { trainCommand } from './commands/train.js';
import { VERSION } from './version.js';

const COMMANDS = [
  initCommand,
  trainCommand,
  evaluateCommand,
  sweepCommand,
  reportCommand,
  arrayCommand,
  deviceCommand,
  pluginCommand,
  pluginsCommand,
  presetsCommand,
  describeCommand,
  schemaCommand,
  doctorCommand,
  benchCommand,
];

const NOTES = `
Results go to standard output, everything else to standard error.
Exit code: 0 done, 1 a run failed, 2 the input is wrong, 130 interrupted.

Begin with:
  $ txsim train                                 the built-in MNIST example
  $ txsim train --set stack.adc.bits=4          the same with coarser converters
  $ txsim describe write-noise                  what can be set, in which units`;

/** The command line. Commands load what they need when they run, so that help comes at once. */
export function createProgram(): Command {
  const program = new Command('txsim')
    .description('Training of neural networks on simulated resistive crossbars')
    .version(VERSION)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', NOTES);
  for (const command of COMMANDS) program.addCommand(withExit(command()));
  return program;
}

/** Errors of usage are thrown, in subcommands too, so that the exit code is ours. */
function withExit(command: Command): Command {
  command.exitOverride();
  command.commands.forEach(withExit);
  return command;
}
