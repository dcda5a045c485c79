import { Command } from 'commander';
import { jsonOption } from './options.js';

const NOTES = `
The report is one file that loads nothing: accuracy against each axis with the spread over seeds and the digital
reference, heat maps of pairs, the Pareto view, the ranking of axes, every point, the stack, the machine and the versions.
Each plot is in plots/ as SVG and as a vega-lite specification. A sweep that is not finished is told as far as it is.`;

/** `txsim report` */
export const reportCommand = (): Command =>
  new Command('report')
    .description('the report of a sweep, as one HTML file')
    .argument('<dir>', "the sweep's folder")
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (folder: string, options: { json?: boolean }) => {
      const { report } = await import('../sweep/report.js');
      await report(folder, options);
    });
