import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readState } from '../src/harness/read-state.ts';
import { openSandbox } from '../src/harness/sandbox.ts';
import { difference } from '../src/state/difference.ts';

const sh = (line: string): [string, ...string[]] => ['sh', '-c', line];

test('what is written inside is seen, and never reaches the machine', async () => {
  await using sandbox = await openSandbox();
  const before = await readState(sandbox, [], []);
  const file = '/var/lib/cni/conformance-sandbox-test';
  await sandbox.exec(sh(`mkdir -p /var/lib/cni && echo 1 >${file}`));
  await sandbox.exec(
    sh('ip link add gone0 type dummy 2>/dev/null || ip link add gone0 type veth peer name gone1'),
  );
  await sandbox.exec(sh('touch /usr/conformance-sandbox-test /boot/conformance-sandbox-test'));
  const { added } = difference(before, await readState(sandbox, [], []));
  expect(added).toContain(`host file ${file}`);
  expect(added.some((line) => line.startsWith('host link gone0 '))).toBe(true);
  expect(existsSync(file)).toBe(false);
  expect(existsSync('/usr/conformance-sandbox-test')).toBe(false);
});

test('a program that never ends is killed at its deadline, with all that it started', async () => {
  await using sandbox = await openSandbox();
  const done = await sandbox.exec(sh('sleep 1000 & echo started; sleep 1000'), { deadlineMs: 200 });
  expect(done).toMatchObject({ timedOut: true, exitCode: null, stdout: 'started\n' });
});

test('processes that escape end with the sandbox', async () => {
  const sandbox = await openSandbox();
  const { stdout } = await sandbox.exec(
    sh(
      'setsid sh -c "read -r pid rest </proc/self/stat; exec sleep 1000" >/dev/null 2>&1 </dev/null & echo $!',
    ),
  );
  expect(Number(stdout)).toBeGreaterThan(1);
  const init = sandbox.root.split('/')[2]!;
  const children = () => readFileSync(`/proc/${init}/task/${init}/children`, 'utf8').trim();
  expect(children()).not.toBe('');
  const escaped = children().split(' ')[0]!;
  await sandbox[Symbol.asyncDispose]();
  await expect.poll(() => existsSync(`/proc/${escaped}`)).toBe(false);
});

test('a daemon that ends leaves no trace of its process', async () => {
  await using sandbox = await openSandbox();
  const { stdout } = await sandbox.exec(
    sh('setsid sleep 0.05 >/dev/null 2>&1 </dev/null & echo $!; exit 0'),
  );
  const there = async () =>
    (await sandbox.exec(sh(`test -e /proc/${stdout.trim()}`))).exitCode === 0;
  await expect.poll(there).toBe(false);
});

test('a container is a namespace at a path, with a state of its own', async () => {
  await using sandbox = await openSandbox();
  await sandbox.exec(sh('ip netns add c1'));
  const c1 = { name: 'c1', id: 'x', netns: '/run/netns/c1', ifname: 'eth0' };
  const before = await readState(sandbox, [c1], []);
  await sandbox.exec(sh('ip link set dev lo up && ip address add 192.0.2.1/32 dev lo'), {
    netns: c1.netns,
  });
  const { added } = difference(before, await readState(sandbox, [c1], []));
  expect(added).toContain('c1 address lo 192.0.2.1/32 scope global');
  expect(added.every((line) => line.startsWith('c1 '))).toBe(true);
});
