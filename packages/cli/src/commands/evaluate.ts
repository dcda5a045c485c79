import { Command, InvalidArgumentError, Option } from 'commander';
import type { EvaluateRequest } from '../run/evaluate.js';
import { jsonOption, pluginOption } from './options.js';

/** `txsim evaluate` */
export const evaluateCommand = (): Command =>
  new Command('evaluate')
    .description('the test set through the arrays of a finished or interrupted run')
    .argument('<dir>', "the run's folder")
    .addOption(
      new Option('--time <seconds>', 'time since programming; needs a non-ideality that drifts').argParser(
        seconds,
      ),
    )
    .addOption(pluginOption())
    .addOption(jsonOption())
    .action(async (folder: string, options: EvaluateRequest) => {
      const { evaluate } = await import('../run/evaluate.js');
      await evaluate(folder, options);
    });

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected seconds ≥ 0.');
}
