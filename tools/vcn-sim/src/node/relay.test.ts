import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRelay } from './relay.ts';

let directory: string;
let echo: Server;
const path = (name: string) => join(directory, name);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'relay-'));
  echo = createServer((socket) => socket.pipe(socket)).listen(path('target'));
  await once(echo, 'listening');
});
afterEach(async () => {
  echo.close();
  await rm(directory, { recursive: true });
});

it('holds what comes back until the barrier lets it go', async () => {
  const asked = Promise.withResolvers<void>();
  const passed = Promise.withResolvers<void>();
  const barrier = () => {
    asked.resolve();
    return passed.promise;
  };
  await using relay = createRelay(path('target'), barrier);
  relay.server.listen(path('relay'));
  const client = connect(path('relay')).setEncoding('utf8');
  let received = '';
  client.on('data', (text: string) => {
    received += text;
  });
  client.write('hello');
  await asked.promise;
  expect(received).toBe('');
  passed.resolve();
  client.end();
  await once(client, 'end');
  expect(received).toBe('hello');
});

it('breaks a connection whose other side is broken', async () => {
  await using relay = createRelay(path('nothing'), () => Promise.resolve());
  relay.server.listen(path('relay'));
  const client = connect(path('relay'));
  await once(client, 'close');
  expect(client.bytesRead).toBe(0);
});
