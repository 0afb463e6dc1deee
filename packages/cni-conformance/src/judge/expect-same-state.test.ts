import { expect, test } from 'vitest';
import { hintsSchema } from '../hints.ts';
import { expectSameState } from './expect-same-state.ts';
import { Finding } from './finding.ts';

function judged(before: string[], after: string[], keeps: object = {}): Finding | undefined {
  const on = { hints: hintsSchema.parse({ keeps }), note: () => {} };
  try {
    expectSameState(on, before, after, 'residue');
    return undefined;
  } catch (error) {
    if (error instanceof Finding) return error;
    throw error;
  }
}

test('a line more or less is a finding that shows it', () => {
  const found = judged(['host link lo', 'host rule a'], ['host link lo', 'host rule b']);
  expect(found?.key).toBe('residue');
  expect(found?.message).toContain('- host rule a\n+ host rule b');
});

test('settings of a link that is new follow from the link; those of others count, under a key of their own', () => {
  const link = 'host link br0 mtu 1500';
  expect(judged([], [link, 'host sysctl net.ipv4.conf.br0.rp_filter=1'])?.message).not.toContain(
    'sysctl',
  );
  expect(judged([], ['host sysctl net.ipv4.conf.ens3.rp_filter=1'])?.key).toBe('residue-sysctl');
  const forwarding = (value: number) => [
    `host sysctl net.ipv4.ip_forward=${value}`,
    `host sysctl net.ipv4.conf.all.forwarding=${value}`,
  ];
  expect(judged(forwarding(0), forwarding(1))?.message.match(/sysctl/g)).toHaveLength(2);
});

test('what the hints keep may stay, and may not go', () => {
  const bridge = [
    'host link br0 mtu 1500',
    'host address br0 10.0.0.1/24',
    'host route 10.0.0.0/24 dev br0',
  ];
  expect(judged([], bridge)).toBeInstanceOf(Finding);
  expect(judged([], bridge, { links: ['br*'] })).toBeUndefined();
  expect(judged(bridge, [], { links: ['br*'] })).toBeInstanceOf(Finding);
  const file = ['host file /var/lib/x/pool.json'];
  expect(judged([], file, { files: ['/var/lib/x/*'] })).toBeUndefined();
  expect(judged([], file, { files: ['/var/lib/y/*'] })).toBeInstanceOf(Finding);
});

test('empty chains of iptables itself do not count, those with a policy do', () => {
  const chain = 'host nft chain ip nat POSTROUTING type nat hook postrouting priority 100 policy';
  expect(judged([], ['host nft table ip nat', `${chain} accept`])).toBeUndefined();
  expect(judged([], [`${chain} drop`])).toBeInstanceOf(Finding);
});
