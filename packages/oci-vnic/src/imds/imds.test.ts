import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LeapClock, leapClock } from '../api/testing/leap-clock.ts';
import { createImds, type Imds } from './imds.ts';

const vnics = readFileSync(new URL('../../fixtures/imds/vnics-vm.json', import.meta.url), 'utf8');
/** What the next requests are answered with in place of the VNICs; `cut`: the connection ends. */
let planned: (number | 'cut' | { status: number; retryAfter: string } | string)[];
let seen: IncomingMessage[];
let clock: LeapClock;
let server: ReturnType<typeof createServer>;
let baseUrl: string;
let imds: Imds;

beforeEach(async () => {
  planned = [];
  seen = [];
  clock = leapClock();
  server = createServer((request, response) => {
    seen.push(request);
    const plan = planned.shift();
    if (plan === 'cut') request.socket.destroy();
    else if (typeof plan === 'number') response.writeHead(plan).end();
    else if (typeof plan === 'object') {
      response.writeHead(plan.status, { 'retry-after': plan.retryAfter }).end();
    } else response.end(plan ?? vnics);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/opc/v2/`;
  imds = createImds({ baseUrl })({ clock, random: () => 0 });
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

test('asks as version 2 wants it', async () => {
  expect(await imds.vnics()).toHaveLength(3);
  expect(seen[0]?.url).toBe('/opc/v2/vnics/');
  expect(seen[0]?.headers.authorization).toBe('Bearer Oracle');
  expect(Object.keys(seen[0]?.headers ?? {}).join()).not.toContain('forwarded');
});

test('what passes is waited for: busy, starting, throttled, cut', async () => {
  planned = [503, 404, { status: 429, retryAfter: '3' }, 'cut'];
  expect(await imds.vnics()).toHaveLength(3);
  expect(clock.pauses).toEqual([250, 500, 3000, 2000]);
});

test('what does not pass is told at once', async () => {
  planned = [401];
  await expect(imds.vnics()).rejects.toMatchObject({
    ...{ name: 'ImdsError', reason: 'refused', status: 401 },
  });
  expect(seen).toHaveLength(1);
});

test('the deadline ends it', async () => {
  planned = Array.from({ length: 99 }, () => 500);
  await expect(imds.vnics()).rejects.toMatchObject({ reason: 'refused', status: 500 });
  expect(clock.now()).toBeLessThan(30_000);
});

test('nobody there, and a signal', async () => {
  const nobody = createImds({ baseUrl: 'http://127.0.0.1:1', deadlineMs: 100 })({ clock });
  await expect(nobody.instance()).rejects.toMatchObject({ reason: 'unreachable' });
  const reason = new Error('stopping');
  await expect(imds.vnics({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('an answer of another kind names the field', async () => {
  planned = ['[{"vnicId": "v"}]', 'no JSON'];
  await expect(imds.vnics()).rejects.toThrow(/macAddr/);
  await expect(imds.vnics()).rejects.toMatchObject({ reason: 'malformed' });
});

test('a proxy that the environment names is not used', async () => {
  const script = `
    import { createImds } from ${JSON.stringify(new URL('./imds.ts', import.meta.url).href)};
    console.log((await createImds({ baseUrl: ${JSON.stringify(baseUrl)}, deadlineMs: 5000 })().vnics()).length);
    const direct = await fetch(${JSON.stringify(baseUrl)}).catch(() => 'proxied');
    console.log(direct);`;
  const proxy = 'http://127.0.0.1:1';
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@vcn-cni/source', '--input-type=module', '--eval', script],
    {
      env: {
        ...process.env,
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: proxy,
        http_proxy: proxy,
        NO_PROXY: '',
        no_proxy: '',
      },
    },
  );
  // The second line shows that the proxy was in effect.
  expect(stdout).toBe('3\nproxied\n');
});
