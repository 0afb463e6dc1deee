import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runList } from '@vcn-cni/cni-runtime';
import { parseConflist } from '@vcn-cni/cni-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTcp, createLab, type Lab, ping, referencePlugins, serveTcp } from '../src/index.ts';

const present = existsSync(`${referencePlugins}/portmap`);
if (!present) console.warn('skipped: chained plugins (no reference plugins in /usr/lib/cni)');

function surroundings({ paths }: Lab): Record<string, string> {
  return { PATH: process.env['PATH']!, VCN_CNI_SOCKET: paths.socket };
}

/**
 * CHECK of Debian's portmap (1.1.1) looks for the rules of IPv4 with ip6tables too, wherever that is found:
 * a PATH without it.
 */
function withoutIp6tables({ paths }: Lab): Record<string, string> {
  const PATH = join(paths.directory, 'without-ip6tables');
  mkdirSync(PATH, { recursive: true });
  for (const command of ['iptables', 'nsenter']) {
    const link = join(PATH, command);
    if (!existsSync(link)) symlinkSync(execFileSync('which', [command]).toString().trim(), link);
  }
  return { PATH, VCN_CNI_SOCKET: paths.socket };
}

describe.runIf(present)("Debian's plugins chained after ours", () => {
  let lab: Lab;
  let serial = 0;

  beforeAll(async () => {
    // IPv4 alone: for a dual-stack pod that portmap makes one chain of both families, which CHECK never finds.
    lab = await createLab({ blocks: ['10.77.1.0/26'] });
    await lab.startDaemon();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  /** ADD, `use`, CHECK, DEL of a list with these plugins behind ours; nothing may be left. */
  async function chain(
    after: Record<string, unknown>[],
    capabilities: Record<string, unknown>,
    use: (pod: Awaited<ReturnType<Lab['pod']>>, address: string) => Promise<void>,
    checking: (lab: Lab) => Record<string, string> = surroundings,
  ): Promise<void> {
    const pod = await lab.pod(`chained-${serial++}`);
    const before = await lab.residue();
    const list = parseConflist(
      JSON.stringify({
        cniVersion: '1.0.0',
        name: 'chained',
        plugins: [{ type: 'oci-vcn', capabilities: { mac: true, ips: true } }, ...after],
      }),
    );
    const common = {
      list,
      path: [dirname(lab.plugin), referencePlugins],
      attachment: {
        containerId: pod.containerId,
        netns: pod.path,
        ifname: 'eth0',
        args: [
          ['IgnoreUnknown', '1'],
          ['K8S_POD_NAMESPACE', 'default'],
          ['K8S_POD_NAME', pod.name],
        ] as [string, string][],
        capabilities,
      },
      environment: surroundings(lab),
      commandPrefix: ['nsenter', `--net=${lab.node.path}`, '--'],
    };
    const prevResult = await runList({ ...common, verb: 'ADD' });
    const { ips } = prevResult as unknown as { ips: { address: string }[] };
    const address = ips[0]!.address.split('/')[0]!;
    try {
      expect((await ping(lab.node, address)).outcome).toBe('reached');
      // With its source, for sbr takes the default route out of the main table.
      const back = await ping(pod.namespace, '203.0.113.10', { source: address });
      expect(back.outcome).toBe('reached');
      await use(pod, address);
      await runList({ ...common, verb: 'CHECK', prevResult, environment: checking(lab) });
    } finally {
      await runList({ ...common, verb: 'DEL', prevResult });
    }
    const left = (await lab.residue()).filter((line) => !before.includes(line));
    // The chains that portmap and firewall make once for all pods stay, empty, by their design.
    expect(left.filter((line) => line.includes(address) || /: oci|bwp/.test(line))).toEqual([]);
  }

  test('portmap: a host port from outside', async () => {
    await chain(
      [{ type: 'portmap', capabilities: { portMappings: true }, snat: true }],
      { portMappings: [{ hostPort: 18080, containerPort: 8080, protocol: 'tcp' }] },
      async (pod) => {
        using _server = await serveTcp(pod.namespace, 8080);
        expect(await connectTcp(lab.outside, '10.77.0.10', 18080)).toBe('203.0.113.10');
      },
      withoutIp6tables,
    );
  });

  test('bandwidth: a shaped pod is reached', async () => {
    const shaping = { ingressRate: 8_000_000, ingressBurst: 800_000 };
    await chain(
      [{ type: 'bandwidth', capabilities: { bandwidth: true } }],
      { bandwidth: { ...shaping, egressRate: 8_000_000, egressBurst: 800_000 } },
      async (pod) => {
        const { stdout } = await lab.node.exec('tc', ['qdisc', 'show']);
        expect(stdout).toMatch(/tbf .* dev oci/);
        expect(pod.name).toBeTruthy();
      },
    );
  });

  test('tuning: another MAC and MTU', async () => {
    await chain([{ type: 'tuning', mac: '0a:58:0a:00:00:77', mtu: 1400 }], {}, async (pod) => {
      const { stdout } = await pod.namespace.exec('ip', ['link', 'show', 'eth0']);
      expect(stdout).toContain('0a:58:0a:00:00:77');
      expect(stdout).toContain('mtu 1400');
    });
  });

  test('sbr: routes in a table of the interface', async () => {
    await chain([{ type: 'sbr' }], {}, async (pod) => {
      const { stdout } = await pod.namespace.exec('ip', ['route', 'show', 'table', '100']);
      expect(stdout).toContain('default via 169.254.1.1');
    });
  });

  test('firewall: accept rules of the pod', async () => {
    await chain([{ type: 'firewall', backend: 'iptables' }], {}, async (_, address) => {
      const { stdout } = await lab.node.exec('iptables-save');
      expect(stdout).toContain(address);
    });
  });
});
