import { describeConfig, type Registration } from '@txsim/core';

/** The parts that `txsim init` writes. */
export type ChosenParts = Readonly<
  Record<'device' | 'network' | 'dataset' | 'mapping' | 'trainer', Registration>
>;

/** A stack file in JSON with comments: each parameter with its default, what it is and its range. */
export function stackText(plugins: readonly string[], parts: ChosenParts): string {
  const part = (key: string, registration: Registration, indent: string): string[] =>
    partLines(registration).map((line, i) => `${indent}${i === 0 ? `${JSON.stringify(key)}: ` : ''}${line}`);
  return [
    '// Quantities are in SI units. `txsim describe ID` tells more of each part, `txsim plugins` what else there is.',
    '{',
    '  "$schema": "./txsim.schema.json",',
    `  "plugins": ${JSON.stringify(plugins)},`,
    '  "seed": 1,',
    ...part('dataset', parts.dataset, '  '),
    ...part('network', parts.network, '  '),
    '  "stack": {',
    ...part('device', parts.device, '    '),
    ...part('mapping', parts.mapping, '    '),
    '    "nonIdealities": [],',
    '  },',
    ...part('trainer', parts.trainer, '  '),
    '}',
    '',
  ].join('\n');
}

function partLines({ use, contribution }: Registration): string[] {
  const parameters = describeConfig(contribution.config).flatMap((p) =>
    'default' in p
      ? [`  // ${p.description} (${p.type})`, `  ${JSON.stringify(p.key)}: ${JSON.stringify(p.default)},`]
      : [`  // "${p.key}": ${p.description} (${p.type})`],
  );
  return ['{', `  "use": ${JSON.stringify(use)},`, ...parameters, '},'];
}
