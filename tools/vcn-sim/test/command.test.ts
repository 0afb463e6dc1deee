import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import oci from 'oci-common';
import core from 'oci-core';
import { afterEach, expect, test } from 'vitest';
import type { Report } from '../src/cli/report.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--conditions=@vcn-cni/source', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function ready(child: ChildProcess): Promise<Report> {
  const [line] = await once(createInterface(child.stdout!), 'line');
  return JSON.parse(line);
}

/** Told to stop twice, as npm and a terminal do. */
async function end(child: ChildProcess): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  child.kill('SIGINT');
  const [code] = await exited;
  return code;
}

async function refused(...args: string[]): Promise<[number | null, string]> {
  const child = start(...args);
  let said = '';
  child.stderr!.on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return [code, said];
}

test('the API alone: the SDK gets in by the configuration file, and nothing is left behind', async () => {
  const child = start('--api-only', '--nodes', '3', '--json', '--seed', 'x');
  const report = await ready(child);
  expect(report.nodes.map(({ name }) => name)).toEqual(['node1', 'node2', 'node3']);
  expect(report.nodes[0]!.namespace).toBeUndefined();
  const compute = new core.ComputeClient({
    authenticationDetailsProvider: new oci.ConfigFileAuthenticationDetailsProvider(
      report.configFile,
    ),
  });
  compute.endpoint = report.api;
  const { instanceId } = report.nodes[2]!;
  const { instance } = await compute.getInstance({ instanceId });
  expect(instance.displayName).toBe('node3');
  const books = await (await fetch(`${report.api}/admin/books`)).json();
  expect(books).toMatchObject({ vnics: [{}, {}, {}] });
  expect(await end(child)).toBe(0);
  expect(existsSync(report.configFile)).toBe(false);
});

test('with packets: one node reaches the other by the command that is told', async () => {
  const child = start('--nodes', '2', '--json');
  const { nodes } = await ready(child);
  const [one, two] = nodes;
  const ping = spawn('nsenter', [
    `--net=${one!.namespace}`,
    ...['ping', '-c', '1', '-W', '2', two!.address.inet!],
  ]);
  expect(await once(ping, 'exit')).toEqual([0, null]);
  expect(one!.enter).toContain(`--net=${one!.namespace}`);
  expect(await end(child)).toBe(0);
});

test('for people: it says how to talk to it', async () => {
  const child = start('--api-only', '--nodes', '1');
  const said: string[] = [];
  for await (const line of createInterface(child.stdout!)) {
    said.push(line);
    if (line.startsWith('Stop it')) break;
  }
  expect(said.join('\n')).toMatch(/curl -s http:\/\/127\.0\.0\.1:\d+\/admin\/books/);
  expect(await end(child)).toBe(0);
});

test('wrong usage is exit code 2 and names what is wrong', async () => {
  const [code, said] = await refused('--profile', 'slow');
  expect(code).toBe(2);
  expect(said).toMatch(/--profile "slow" must be one of .*--help/);
});

test('a port that is taken is exit code 1', async () => {
  const first = start('--api-only', '--json');
  const { api, pid } = await ready(first);
  expect(pid).toBe(first.pid);
  const [code, said] = await refused('--api-only', '--port', new URL(api).port);
  expect([code, /EADDRINUSE/.test(said)]).toEqual([1, true]);
  await end(first);
});
