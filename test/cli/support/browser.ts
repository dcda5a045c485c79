import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A browser that is installed here; undefined where there is none. */
export const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly sessionId?: string;
}

/** What a page did. */
export interface Visit {
  /** Errors and warnings of the console, exceptions, refused resources. */
  readonly complaints: readonly string[];
  /** Addresses that were asked for. */
  readonly requests: readonly string[];
  /** What the expression gave in the page. */
  readonly value: unknown;
}

/** Opens a page in a headless browser without a network, and evaluates an expression in it. */
export async function visit(url: string, expression: string): Promise<Visit> {
  const profile = await mkdtemp(join(tmpdir(), 'txsim-browser-'));
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
  ];
  const browser = spawn(CHROMIUM!, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  try {
    return await talk(browser.stdio[3] as Writable, browser.stdio[4] as Readable, url, expression);
  } finally {
    const closed = new Promise((done) => browser.on('close', done));
    browser.kill('SIGKILL');
    await closed;
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** The Chrome DevTools Protocol over a pipe: messages of JSON that end with a zero byte. */
async function talk(to: Writable, from: Readable, url: string, expression: string): Promise<Visit> {
  const waiting = new Map<number, (result: Record<string, unknown>) => void>();
  const complaints: string[] = [];
  const requests: string[] = [];
  let loaded: () => void;
  const load = new Promise<void>((done) => (loaded = done));
  let left = '';
  from.setEncoding('utf8').on('data', (text: string) => {
    const messages = (left + text).split('\0');
    left = messages.pop()!;
    for (const message of messages.map((m) => JSON.parse(m) as Message)) hear(message);
  });
  const hear = ({ id, method, params = {}, result = {} }: Message): void => {
    if (id !== undefined) waiting.get(id)?.(result);
    else if (method === 'Page.loadEventFired') loaded();
    else if (method === 'Network.requestWillBeSent')
      requests.push((params['request'] as { url: string }).url);
    else if (
      method === 'Runtime.exceptionThrown' ||
      method === 'Log.entryAdded' ||
      method === 'Runtime.consoleAPICalled'
    )
      complaints.push(`${method}: ${JSON.stringify(params)}`);
  };
  let last = 0;
  const session: { sessionId?: string } = {};
  const ask = (method: string, params: object = {}): Promise<Record<string, unknown>> => {
    const id = ++last;
    to.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return new Promise((done) => waiting.set(id, done));
  };
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
  Object.assign(session, {
    sessionId: (await ask('Target.attachToTarget', { targetId, flatten: true }))['sessionId'],
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await ask(`${domain}.enable`);
  await ask('Network.emulateNetworkConditions', {
    offline: true,
    latency: 0,
    downloadThroughput: 0,
    uploadThroughput: 0,
  });
  await ask('Page.navigate', { url });
  await load;
  const { result } = await ask('Runtime.evaluate', { expression, returnByValue: true });
  return { complaints, requests, value: (result as { value: unknown }).value };
}
