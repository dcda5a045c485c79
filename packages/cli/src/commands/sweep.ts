import { Command, Option } from 'commander';
import type { SweepRequest } from '../sweep/sweep.js';
import { jsonOption, pluginOption, wholeNumber } from './options.js';

const NOTES = `
FILE says what is varied, in JSON with comments:
  { "base": "stack.jsonc",                              the stack; absent: the built-in MNIST example
    "set": { "trainer.epochs": 1 },                     for all points
    "axes": { "stack.device.nu": [0.01, 0.1, 1],        any path of a stack
              "$lines": { "from": 16, "to": 64, "steps": 3, "scale": "log", "whole": true } },
    "derive": { "stack.mapping.rows": "$lines", "stack.mapping.columns": "$lines" },
    "where": ["{stack.device.nu} * $lines < 64"],
    "design": "grid", "seeds": 3 }
Designs: "grid", "one-at-a-time", { "kind": "random", "points": 20 }, { "kind": "latin-hypercube", "points": 20 },
{ "kind": "morris", "trajectories": 8 }, { "kind": "list", "points": [{ "label": "…", "set": { … } }] }.

Each finished run is on disk at once; the same command goes on with what is left, also after the process was killed,
and several may work in one folder. DIR gets points/, results.jsonl, results.csv and report.html.`;

/** `txsim sweep` */
export const sweepCommand = (): Command =>
  new Command('sweep')
    .description('train at many points of a stack, several seeds each, in parallel processes')
    .argument('<file>', 'the study')
    .option('--out <dir>', 'folder of the sweep, new or to go on with (default: sweeps/NAME)')
    .addOption(
      new Option('--workers <n>', 'processes that train (default: one for each processor)').argParser(
        wholeNumber(1),
      ),
    )
    .addOption(pluginOption())
    .option('--dry-run', 'tell points, runs, time and memory, from a few timed steps; nothing is written')
    .option('--retry-failed', 'make runs again that failed')
    .addOption(jsonOption())
    .addHelpText('after', NOTES)
    .action(async (file: string, options: SweepRequest) => {
      const { sweep } = await import('../sweep/sweep.js');
      await sweep(file, options);
    });
