import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Shell } from './shell.js';

/** A registry of packages on this machine. */
export interface LocalRegistry {
  readonly url: string;
  stop(): Promise<void>;
}

/** Those of ours, which are had from here alone. */
const OURS = ['@txsim/*', 'txsim-plugin-*', 'create-txsim-plugin'];

/**
 * Starts verdaccio on loopback. Anybody may publish our packages; all others come from the registry that npm is set up
 * for.
 *
 * @param folder where it keeps packages, and leaves its log
 */
export async function startRegistry(folder: string, { output }: Shell): Promise<LocalRegistry> {
  mkdirSync(folder, { recursive: true });
  const upstream = (await output('.', 'npm', 'config', 'get', 'registry')).trim();
  const everybody = { access: '$all', publish: '$all' };
  const config = {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { upstream: { url: upstream, maxage: '1h' } },
    packages: {
      ...Object.fromEntries(OURS.map((name) => [name, everybody])),
      '**': { access: '$all', proxy: 'upstream' },
    },
    max_body_size: '100mb',
    log: { type: 'file', path: join(folder, 'log'), level: 'warn' },
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config));
  const port = await freePort();
  const bin = resolve('node_modules/verdaccio/bin/verdaccio');
  const server = spawn(
    process.execPath,
    [bin, '--config', join(folder, 'config.yaml'), '--listen', `127.0.0.1:${port}`],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((done) => server.on('exit', () => done()));
  const url = `http://127.0.0.1:${port}/`;
  await answers(url, () => server.exitCode);
  return {
    url,
    stop: () => {
      server.kill();
      return ended;
    },
  };
}

async function answers(url: string, exitCode: () => number | null): Promise<void> {
  while (
    !(await fetch(`${url}-/ping`).then(
      (r) => r.ok,
      () => false,
    ))
  ) {
    if (exitCode() !== null) throw new Error(`verdaccio ended with exit code ${exitCode()}`);
    await setTimeout(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
