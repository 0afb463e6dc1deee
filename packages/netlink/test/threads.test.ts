import { execFileSync } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { NamespaceError, openNamespace } from '../src/driver/index.ts';
import type { Operation } from '../src/index.ts';
import { createSandbox } from '../src/sandbox/index.ts';

const threadNamespaces = (): Set<string> =>
  new Set(
    readdirSync('/proc/self/task').map((task) => readlinkSync(`/proc/self/task/${task}/ns/net`)),
  );
const descriptors = (): number => readdirSync('/proc/self/fd').length;

test('after a thousand visits every thread is at home, and nothing is left open', async () => {
  const home = readlinkSync('/proc/self/ns/net');
  await using sandbox = await createSandbox();
  const host = sandbox.namespace('host').handle;
  const { path } = sandbox.namespace('pod');
  await host.snapshot({ links: ['lo'] });
  const before = descriptors();
  for (let visit = 0; visit < 1000; visit++) {
    const pod = openNamespace(path);
    const operations: Operation[] = [
      {
        op: 'address.put',
        address: { link: 'lo', address: `10.0.${visit >> 8}.${visit & 255}/32` },
      },
      { op: 'sysctl.set', sysctl: { name: 'net/ipv4/ip_forward', value: String(visit % 2) } },
    ];
    await pod.apply(operations);
    pod.close();
    // The pool works while the main thread comes and goes.
    if (visit % 100 === 0) {
      const link = { name: `t${visit}`, kind: 'veth', alias: 't', peer: { name: 'p' } } as const;
      const { created } = await host.apply([{ op: 'link.create', link }]);
      await host.deleteLinks([{ index: created[link.name]!.index, alias: 't' }]);
    }
  }
  expect(threadNamespaces()).toEqual(new Set([home]));
  const { addresses } = await sandbox.namespace('pod').handle.snapshot();
  expect(addresses.filter(({ address }) => address.startsWith('10.0.'))).toHaveLength(1000);
  // The deleter keeps its two sockets and the one for announcements.
  expect(descriptors() - before).toBeLessThanOrEqual(4);
});

test('a process whose first act is a visit has all its threads at home', () => {
  const script = fileURLToPath(new URL('./fresh-process.ts', import.meta.url));
  const args = ['--conditions=@vcn-cni/source', script];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('1\n');
});

test('a throw inside comes home too', async () => {
  await using sandbox = await createSandbox();
  const { handle } = sandbox.namespace('pod');
  const bad: Operation = { op: 'sysctl.set', sysctl: { name: 'net/ipv4/none', value: '1' } };
  await expect(handle.apply([bad])).rejects.toMatchObject({ code: 'ENOENT', operation: bad });
  expect(threadNamespaces().size).toBe(1);
});

test.each([
  ['/proc/self/ns/none', 'missing'],
  ['/proc/self/status/x', 'missing'],
  ['/proc/self/status', 'not-a-namespace'],
  ['/proc/self/ns/mnt', 'not-a-namespace'],
  ['/', 'not-a-namespace'],
] as const)('opening %s: %s', (path, reason) => {
  const before = descriptors();
  expect(() => openNamespace(path)).toThrow(NamespaceError);
  try {
    openNamespace(path);
  } catch (error) {
    expect(error).toMatchObject({ reason, path });
  }
  expect(descriptors()).toBe(before);
});

test('one namespace by two paths has one identity', async () => {
  await using sandbox = await createSandbox();
  const { path, spawn, handle } = sandbox.namespace('pod');
  const child = spawn('cat');
  // The child has entered by the time that it echoes.
  child.stdin?.write('x');
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  const other = openNamespace(`/proc/${child.pid}/ns/net`);
  expect(other.identity).toBe(handle.identity);
  expect(openNamespace(path).identity).toBe(handle.identity);
  expect(openNamespace('/proc/self/ns/net').identity).not.toBe(handle.identity);
  other.close();
});
