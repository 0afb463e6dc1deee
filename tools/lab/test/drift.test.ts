import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  createLab,
  type Lab,
  type LabDaemon,
  type LabOptions,
  type LabPod,
  ping,
} from '../src/index.ts';

/** What somebody does to the node, as a shell line; `$HOST` is the pod's host link, `$POD` its address. */
const drifts: [string, string][] = [
  ['a rule', 'ip rule del priority 512 && ip -6 rule del priority 512'],
  [
    'all rules of ours, as networkd does when it starts',
    'ip rule flush; ip rule add pref 32766 lookup main; ip rule add pref 32767 lookup default',
  ],
  ["the primary's route", 'ip route del default table 1001'],
  ["a pod's route", 'ip route del $POD table 1000'],
  ["a pod's neighbour entry", 'ip neigh del $POD dev $HOST'],
  ['the gateway of IPv6', 'ip address del fe80::1/64 dev $HOST'],
  ['the link of a pod, down', 'ip link set $HOST down'],
  [
    'the primary, down and up, whose routes die without a word',
    'ip link set ens3 down && ip link set ens3 up && ip route replace default via 10.77.0.1',
  ],
  ['forwarding', 'echo 0 > /proc/sys/net/ipv4/ip_forward'],
  ['rp_filter of the primary', 'echo 1 > /proc/sys/net/ipv4/conf/ens3/rp_filter'],
];

const filters: [string, LabOptions['config'], string][] = [
  ['nftables, the table', {}, 'nft delete table inet vcn-cni'],
  ['nftables, a chain', {}, 'nft flush chain inet vcn-cni antispoof'],
  ['nftables, everything', {}, 'nft flush ruleset'],
  ['iptables, a chain', { filter: 'iptables' }, 'iptables -t mangle -F VCN-CNI-PRE'],
  [
    'iptables, everything',
    { filter: 'iptables' },
    'iptables -t mangle -F; iptables -t raw -F; iptables -t nat -F',
  ],
];

async function build(config: LabOptions['config'] = {}): Promise<Lab & { daemon: LabDaemon }> {
  const lab = await createLab({ config: { reconcileSeconds: 3600, ...config } });
  return Object.assign(lab, { daemon: await lab.startDaemon() });
}

async function disturb(lab: Lab, pod: LabPod, line: string): Promise<void> {
  const script = line.replaceAll('$HOST', pod.hostLink()).replaceAll('$POD', pod.address());
  const { code, stderr } = await lab.node.exec('sh', ['-ec', script]);
  expect(code, stderr).toBe(0);
}

/** Two seconds, and not before the disturbance is seen to be mended. */
async function expectRepaired(
  lab: Lab & { daemon: LabDaemon },
  since: number,
  what: string,
): Promise<void> {
  const repaired = () => lab.daemon.log().slice(since).includes('reconcile repaired the host');
  await expect.poll(repaired, { message: what, timeout: 2_000, interval: 20 }).toBe(true);
  const { stdout } = await lab.vcnctl('plan', '--json');
  expect(JSON.parse(stdout)).toEqual({ changes: [] });
}

test('what others take away is put back within two seconds, and what is theirs is left alone', async () => {
  await using lab = await build();
  const [one, two] = [await lab.pod('one'), await lab.pod('two')];
  await one.add();
  await two.add();
  for (const [what, line] of drifts) {
    const since = lab.daemon.log().length;
    await disturb(lab, one, line);
    await expectRepaired(lab, since, what);
    for (const family of ['inet', 'inet6'] as const)
      expect(await ping(two.namespace, one.address(family)), what).toMatchObject({
        outcome: 'reached',
      });
    await one.check();
    // The next repair is another one, not one of a fight.
    await sleep(1_000);
  }
  const foreign = [
    'ip rule add priority 5000 lookup 77',
    'ip route add 192.0.2.0/24 dev ens3 table 77',
  ];
  for (const line of foreign) await disturb(lab, one, line);
  const since = lab.daemon.log().length;
  await disturb(lab, one, drifts[0]![1]);
  await expectRepaired(lab, since, 'beside what is not ours');
  const { stdout } = await lab.node.exec('sh', ['-c', 'ip rule; ip route show table 77']);
  expect(stdout).toMatch(/^5000:\tfrom all lookup 77$/m);
  expect(stdout).toMatch(/^192\.0\.2\.0\/24 dev ens3/m);
});

test.each(filters)(
  'what others take away of the packet filter is put back: %s',
  async (what, config, line) => {
    await using lab = await build(config);
    const pod = await lab.pod('pod');
    await pod.add();
    const since = lab.daemon.log().length;
    await disturb(lab, pod, line);
    await expectRepaired(lab, since, what);
    await pod.check();
  },
);

test('a repair that somebody undoes again and again is left for a while, and reported', async () => {
  await using lab = await build();
  const status = async () => JSON.parse((await lab.vcnctl('status', '--json')).stdout);
  const line = 'ip -4 rule add priority 512 from all lookup 1000 protocol 184';
  const undone = setInterval(
    () => void lab.node.exec('ip', ['rule', 'del', 'priority', '512']),
    300,
  );
  try {
    await expect
      .poll(async () => (await status()).fights, { timeout: 20_000, interval: 200 })
      .toMatchObject([{ change: line, times: 4 }]);
    const { stdout } = await lab.vcnctl('status');
    expect(stdout).toMatch(`${line}: made 4 times`);
  } finally {
    clearInterval(undone);
  }
  expect(lab.daemon.log()).toMatch(/is undone again and again/);
});
