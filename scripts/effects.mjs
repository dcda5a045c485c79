/**
 * Draws the effect of every device plugin into its folder, the pictures of their READMEs: `npm run effects`. The command
 * line must be built (`npm run build`).
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Plugin, contribution and parameters strong enough to be seen. */
const PICTURES = [
  ['decay-diffusion', 'decay-diffusion', 'lifetime=20', 'rate=0.01', 'rest=0.25'],
  ['device-variation', 'device-variation', 'sigma=0.1'],
  ['drift', 'power-law', 'nu=0.06', 'nuDeviceToDevice=0.3'],
  ['drift', 'pcm'],
  ['drift', 'reram'],
  ['endurance', 'endurance', 'pulses=1e5', 'deviceToDevice=0.5'],
  ['limited-levels', 'limited-levels', 'levels=12'],
  ['read-noise', 'read-noise', 'sigma=0.03', 'definition=proportional'],
  ['stuck-devices', 'stuck-devices', 'atMin=0.1', 'atMax=0.08', 'anywhere=0.05'],
  ['telegraph-noise', 'telegraph-noise', 'share=0.3', 'amplitude=0.2', 'amplitudeDeviceToDevice=0.3'],
  ['temperature', 'temperature', 'kelvin=358', 'energy=0.1'],
  ['write-noise', 'write-noise', 'gamma=5'],
];

for (const [plugin, id, ...set] of PICTURES) {
  const out = `plugins/plugin-${plugin}/docs/${id}.svg`;
  const args = [
    'device',
    'effect',
    `${plugin}/${id}`,
    ...set.flatMap((s) => ['--set', s]),
    '--out',
    out,
    '--force',
  ];
  const { status } = spawnSync(process.execPath, ['packages/cli/bin/txsim.js', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}
