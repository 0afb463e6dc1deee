import { diff, type Family, type WantedState } from '@vcn-cni/netlink';
import { createSandbox, type Sandbox, type SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { nft } from '@vcn-cni/nftables/driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  capturedSysctls,
  captureNamespace,
  defaultSettings,
  describePod,
  explain,
  type HostCapture,
  ladder,
  pairVeths,
  planFilter,
  planHost,
  planPod,
} from '../src/index.ts';
import { lease, node } from './fixtures.ts';

const names = ['host', 'pod', 'fabric'] as const;
type Name = (typeof names)[number];

const addresses = {
  inet: { pod: '10.0.65.4', host: '10.0.0.10', free: '10.0.65.9', outside: '203.0.113.50' },
  inet6: {
    pod: 'fd00:0:0:40:1::4',
    host: 'fd00::10',
    free: 'fd00:0:0:40:1::9',
    outside: '2001:db8::50',
  },
} as const;

/** A pod whose plan was applied by the real driver; VNICs are veths into a fabric that answers for the outside. */
describe('the datapath as planned', () => {
  let sandbox: Sandbox;
  const spaces = {} as Record<Name, SandboxNamespace>;

  beforeAll(async () => {
    sandbox = await createSandbox();
    for (const name of names) spaces[name] = sandbox.namespace(name);
    const dad = 'for f in all default; do echo 0 >/proc/sys/net/ipv6/conf/$f/accept_dad; done';
    for (const name of names) await sh(name, dad);
    for (const [vnic, end] of [
      ['ens3', 'f3'],
      ['ens5', 'f5'],
    ]) {
      await sh(
        'host',
        `ip link add ${vnic} mtu 9000 type veth peer name ${end} mtu 9000 netns ${spaces.fabric.path}`,
      );
    }
    await sh(
      'host',
      `ip link set ens3 up; ip addr add 10.0.0.10/24 dev ens3; ip -6 addr add fd00::10/64 dev ens3 nodad
       ip route add default via 10.0.0.1; ip -6 route add default via fe80::aa dev ens3`,
    );
    await sh(
      'fabric',
      `for f in f3 f5; do ip link set $f up; done
       ip addr add 10.0.0.1/24 dev f3; ip -6 addr add fe80::aa/64 dev f3 nodad
       ip addr add 10.0.64.1/24 dev f5; ip -6 addr add fe80::bb/64 dev f5 nodad
       ip addr add 203.0.113.50/32 dev lo; ip -6 addr add 2001:db8::50/128 dev lo
       ip -6 route add fd00::/64 dev f3
       ip route add 10.0.65.0/28 via 10.0.64.11
       ip -6 route add fd00:0:0:40::11/128 dev f5
       ip -6 route add fd00:0:0:40:1::/80 via fd00:0:0:40::11 dev f5
       nft -f - <<'END'
       table inet vcn {
         chain enforce {
           type filter hook prerouting priority raw; policy accept;
           ip6 saddr fe80::/10 accept
           iifname "f3" ip saddr != 10.0.0.10 drop
           iifname "f3" ip6 saddr != fd00::10 drop
           iifname "f5" ip saddr != { 10.0.64.11, 10.0.65.0/28 } drop
           iifname "f5" ip6 saddr != { fd00:0:0:40::11, fd00:0:0:40:1::/80 } drop
         }
       }
END`,
    );
    await bring('host', planHost(node, defaultSettings));
    const ask = { key: lease.key, netns: '/run/netns/a', requested: [] };
    const plan = planPod(
      describePod(ask, lease, node, defaultSettings),
      lease,
      node,
      defaultSettings,
    );
    await bring('host', plan.host);
    await bring('pod', plan.pod);
    await nft({ exec: ['nsenter', `--net=${spaces.host.path}`] }).apply(
      planFilter(node, defaultSettings).nftables,
    );
  });
  afterAll(() => sandbox?.close());

  async function bring(name: Name, wanted: WantedState): Promise<void> {
    const { handle } = spaces[name];
    const sysctls = wanted.sysctls.map((sysctl) => sysctl.name);
    const operations = diff(await handle.snapshot({ sysctls }), wanted);
    await handle.apply(operations, { namespaces: { pod: spaces.pod.handle } });
  }

  async function sh(name: Name, script: string): Promise<void> {
    const { code, stderr } = await spaces[name].exec('sh', ['-ec', script]);
    if (code !== 0) throw new Error(`${name}: ${stderr}`);
  }

  async function capture(): Promise<HostCapture> {
    const namespaces = await Promise.all(
      names.map(async (name) => {
        const { handle, exec } = spaces[name];
        const { links } = await handle.snapshot({ tables: [], ruleProtocol: false });
        const sysctls = capturedSysctls(links);
        const network = await handle.snapshot({ learnedNeighbours: true, sysctls });
        const { stdout } = await exec('nft', ['-j', 'list', 'ruleset']);
        return captureNamespace({ name, network, nftRuleset: stdout });
      }),
    );
    const vnics = [node.primary, ...node.secondaries].map((vnic) => ({
      link: vnic.name,
      addresses: [...Object.values(vnic.addresses), ...vnic.blocks],
    }));
    return { name: 'node', root: 'host', namespaces: pairVeths(namespaces), vnics };
  }

  /** What `ping` says beside what `explain` says. */
  async function compare(from: Name, source: string, destination: string) {
    const told = explain([await capture()], {
      from: { namespace: from },
      source,
      destination,
      protocol: 'icmp',
    });
    const args = ['-n', '-c', '1', '-W', '0.5', '-I', source, destination];
    const answered = (await spaces[from].exec('ping', args)).code === 0;
    const predicted = told.back?.verdict ?? told.verdict;
    expect(predicted === 'delivered', ladder(told)).toBe(answered);
    return told;
  }

  describe.each<Family>(['inet', 'inet6'])('%s', (family) => {
    const at = addresses[family];

    it('a pod, its node and the outside reach each other', async () => {
      for (const [from, source, destination] of [
        ['pod', at.pod, at.host],
        ['host', at.host, at.pod],
        ['pod', at.pod, at.outside],
        ['fabric', at.outside, at.pod],
      ] as const) {
        expect((await compare(from, source, destination)).back?.verdict).toBe('delivered');
      }
    });

    it('an address of ours without a pod is refused', async () => {
      expect((await compare('pod', at.pod, at.free)).why).toMatch(/^route unreachable/);
      expect((await compare('fabric', at.outside, at.free)).why).toMatch(/^route unreachable/);
    });

    it.each([512, 768, 1536])('without rule %i', async (priority) => {
      const ip = family === 'inet' ? 'ip' : 'ip -6';
      await sh(
        'host',
        `${ip} rule save >/run/rules; while ${ip} rule del pref ${priority} 2>/dev/null; do :; done`,
      );
      try {
        await compare('pod', at.pod, at.outside);
        await compare('fabric', at.outside, at.pod);
        await compare('host', at.host, at.pod);
        await compare('fabric', at.outside, at.free);
      } finally {
        await sh('host', `${ip} rule flush; ${ip} rule restore </run/rules || true`);
      }
    });

    it('what nobody learned yet is asked for', async () => {
      for (const name of names) await sh(name, 'ip neigh flush all; ip -6 neigh flush all');
      await compare('fabric', at.outside, at.pod);
      for (const name of names) await sh(name, 'ip neigh flush all; ip -6 neigh flush all');
      await sh('pod', 'ip neigh flush all nud permanent; ip -6 neigh flush all nud permanent');
      // The node answers for the gateway, by its own address or as a proxy.
      expect((await compare('pod', at.pod, at.outside)).back?.verdict).toBe('delivered');
    });
  });

  it('without proxy_arp a pod that lost its gateway entry is cut off', async () => {
    const link = (await spaces.host.handle.snapshot()).links.find(({ alias }) => alias)!.name;
    await sh('host', `echo 0 >/proc/sys/net/ipv4/conf/${link}/proxy_arp`);
    await sh('pod', 'ip neigh flush all nud permanent; ip neigh flush all');
    expect((await compare('pod', addresses.inet.pod, addresses.inet.outside)).why).toBe(
      'no neighbour 169.254.1.1 on eth0: host does not answer for 169.254.1.1',
    );
  });
});
