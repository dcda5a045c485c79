/**
 * Publishes what has a new version: `npm run release`. With `--dry-run` nothing leaves this machine, and npm lists what
 * each package would hold. Where the surroundings can vouch for the build (GitHub Actions with `id-token: write`),
 * packages are published with provenance, for which their package.json must name the repository.
 */
import { spawnSync } from 'node:child_process';

const dry = process.argv.includes('--dry-run');
const command = dry
  ? ['npm', 'publish', '--workspaces', '--dry-run', '--ignore-scripts', '--access', 'public']
  : ['npx', 'changeset', 'publish'];
const provenance = process.env.ACTIONS_ID_TOKEN_REQUEST_URL ? { NPM_CONFIG_PROVENANCE: 'true' } : {};
const { status } = spawnSync(command[0], command.slice(1), {
  stdio: 'inherit',
  env: { ...process.env, ...provenance },
});
process.exitCode = status ?? 1;
