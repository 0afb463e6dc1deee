import { expect, test } from 'vitest';
import { addresses, createLab, type LabOptions, ping } from '../src/index.ts';

const inet = ['10.77.1.0/26'];
const inet6 = ['fd77:0:0:1::/80'];

/** Nodes that differ from the laboratory's usual one. */
const variants: [string, LabOptions, ('inet' | 'inet6')[]][] = [
  ['IPv4 alone', { blocks: inet }, ['inet']],
  ['IPv6 alone', { blocks: inet6 }, ['inet6']],
  ['the plugin in TypeScript', { plugin: 'node' }, ['inet', 'inet6']],
  ['iptables instead of nftables', { config: { filter: 'iptables' } }, ['inet', 'inet6']],
  [
    'translation of what leaves the VCN',
    { config: { snat: {}, vcnCidrs: ['10.77.0.0/16', 'fd77::/56'] } },
    ['inet', 'inet6'],
  ],
  ['blocks of single addresses', { blocks: ['10.77.1.7/32', '10.77.1.9/32'] }, ['inet']],
];

test.each(variants)('a node with %s', async (_, options, families) => {
  await using lab = await createLab(options);
  const daemon = await lab.startDaemon();
  const [one, two] = [await lab.pod('one'), await lab.pod('two')];
  await one.add();
  await two.add();
  expect(one.result().ips).toHaveLength(families.length);
  for (const family of families) {
    const ends = [
      [one.namespace, two.address(family)],
      [one.namespace, addresses.node[family]],
      [lab.node, one.address(family)],
      [one.namespace, addresses.outside[family]],
      [lab.outside, two.address(family)],
    ] as const;
    for (const [from, to] of ends) {
      expect(await ping(from, to), `to ${to}`).toMatchObject({ outcome: 'reached' });
    }
  }
  for (const pod of [one, two]) {
    await pod.check();
    await pod.del();
  }
  await daemon.stop();
  expect(await lab.residue()).toEqual([]);
});
