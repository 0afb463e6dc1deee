import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConflist } from '@vcn-cni/cni-spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runList } from '../src/run-list.ts';
import { createRuntime } from '../src/runtime.ts';

const path = ['/usr/lib/cni', '/opt/cni/bin'];
const missing = ['ptp', 'bridge', 'host-local', 'portmap', 'tuning'].filter(
  (type) => !path.some((folder) => existsSync(join(folder, type))),
);
if (missing.length > 0) {
  console.warn(
    `NOT TESTED: no ${missing.join(', ')} in ${path.join(', ')} (Debian: containernetworking-plugins)`,
  );
}

/** A network namespace that lives as long as its process. */
async function namespace(): Promise<{ child: ChildProcess; path: string }> {
  const child = spawn('unshare', ['-n', 'cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write('there\n');
  await once(child.stdout, 'data');
  return { child, path: `/proc/${child.pid}/ns/net` };
}

describe.skipIf(missing.length > 0)("Debian's own plugins", () => {
  let folder: string;
  let host: Awaited<ReturnType<typeof namespace>>;
  let pod: typeof host;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'list-'));
    host = await namespace();
    pod = await namespace();
  });
  afterEach(async () => {
    for (const { child } of [host, pod]) {
      child.stdin?.end();
      await once(child, 'close');
    }
    await rm(folder, { recursive: true });
  });

  it.each(['0.3.1', '0.4.0', '1.0.0'])('add, check and delete in %s', async (cniVersion) => {
    const ipam = { type: 'host-local', dataDir: folder, subnet: '10.88.0.0/24' };
    const sysctl = { 'net.ipv4.conf.eth0.arp_filter': '1' };
    const list = parseConflist({
      cniVersion,
      name: 'pods',
      plugins: [
        { type: 'ptp', mtu: 1400, ipam },
        { type: 'tuning', dataDir: folder, sysctl },
      ],
    });
    const attachment = { containerId: 'c1', netns: pod.path, ifname: 'eth0' };
    const commandPrefix = ['nsenter', `--net=${host.path}`, '--'];
    const common = { list, attachment, path, commandPrefix };
    const links = (ns: typeof host) =>
      execFileSync('nsenter', [`--net=${ns.path}`, 'ip', '-o', 'link'], { encoding: 'utf8' });

    const prevResult = await runList({ ...common, verb: 'ADD' });
    expect(prevResult).toMatchObject({ cniVersion, ips: [{ address: '10.88.0.2/24' }] });
    expect(links(pod)).toMatch(/eth0.* mtu 1400/);
    expect(links(host)).toContain('veth');
    const arp = ['sysctl', '-n', 'net.ipv4.conf.eth0.arp_filter'];
    expect(execFileSync('nsenter', [`--net=${pod.path}`, ...arp], { encoding: 'utf8' })).toBe(
      '1\n',
    );

    if (cniVersion !== '0.3.1') {
      await runList({ ...common, verb: 'CHECK', prevResult });
      execFileSync('nsenter', [`--net=${pod.path}`, 'ip', 'addr', 'flush', 'dev', 'eth0']);
      await expect(runList({ ...common, verb: 'CHECK', prevResult })).rejects.toThrow(
        'failed (check)',
      );
    }

    await runList({ ...common, verb: 'DEL', prevResult });
    expect(links(pod)).not.toContain('eth0');
    expect(links(host)).not.toContain('veth');
    expect(await readdir(join(folder, 'pods'))).not.toContain('10.88.0.2');
  });

  it('go through a runtime: bridge, host-local, portmap, many at once', async () => {
    const commandPrefix = ['nsenter', `--net=${host.path}`, '--'];
    const inHost = (...command: string[]) =>
      execFileSync('nsenter', [`--net=${host.path}`, ...command], { encoding: 'utf8' });
    const ipam = { type: 'host-local', dataDir: folder, subnet: '10.88.0.0/24' };
    const list = parseConflist({
      cniVersion: '1.0.0',
      name: 'pods',
      plugins: [
        { type: 'bridge', bridge: 'br0', isGateway: true, ipam },
        { type: 'portmap', backend: 'iptables', capabilities: { portMappings: true } },
      ],
    });
    const cacheDirectory = join(folder, 'cache');
    const runtime = createRuntime({ path, cacheDirectory, commandPrefix, timeout: 20_000 });
    const attachment = (ifname: string) => ({ containerId: 'c1', netns: pod.path, ifname });
    const port = { hostPort: 18080, containerPort: 80, protocol: 'tcp' };
    const capabilities = { portMappings: [port] };
    inHost('ip', 'link', 'set', 'lo', 'up');
    expect(await runtime.validate(list)).toEqual(['portMappings']);

    // One container: these are done in turn, or bridge would meet itself.
    const names = ['eth0', 'eth1', 'eth2', 'eth3'];
    await Promise.all(
      names.map((ifname) =>
        runtime.add(list, {
          ...attachment(ifname),
          ...(ifname === 'eth0' ? { capabilities } : {}),
        }),
      ),
    );
    expect(await readdir(join(cacheDirectory, 'results'))).toHaveLength(4);
    expect(inHost('iptables-save', '-t', 'nat')).toContain('--dport 18080');
    // portmap 1.1 looks for rules of IPv6 that it never made, so the one with a port cannot be checked.
    await runtime.check(list, attachment('eth1'));
    execFileSync('nsenter', [`--net=${pod.path}`, 'ip', 'addr', 'flush', 'dev', 'eth1']);
    await expect(runtime.check(list, attachment('eth1'))).rejects.toMatchObject({
      type: 'bridge',
      verb: 'CHECK',
    });

    const valid = [{ containerId: 'c1', ifname: 'eth3' }];
    const { deleted } = await runtime.gc(list, { valid });
    expect(deleted.map(({ ifname }) => ifname)).toEqual(['eth0', 'eth1', 'eth2']);
    expect(inHost('iptables-save', '-t', 'nat')).not.toContain('--dport 18080');
    await runtime.check(list, attachment('eth3'));
    // The namespace is given as it was: DEL knows the rest from its cache.
    await runtime.del(list, attachment('eth3'));
    expect(inHost('ip', '-o', 'link')).not.toContain('veth');
    expect((await readdir(join(folder, 'pods'))).filter((name) => name.startsWith('10.'))).toEqual(
      [],
    );
    expect(await readdir(join(cacheDirectory, 'results'))).toEqual([]);
  });
});
