import { parseRuleset } from '@vcn-cni/nftables';
import { describe, expect, it } from 'vitest';
import { ask, filtered, host } from '../../test/explain-pod.ts';
import { explain } from './explain.ts';

describe('what it cannot judge it does not guess', () => {
  it.each([
    '-A INPUT -m hashlimit --hashlimit-upto 5/sec --hashlimit-name a -j DROP',
    '-A INPUT -m set --match-set absent src -j DROP',
    '-A INPUT -p tcp -j NFQUEUE --queue-num 1',
  ])('%s', (rule) => {
    const told = explain([filtered(rule)], ask);
    expect(told.verdict).toBe('uncertain');
    expect(told.why).toContain('cannot be judged: iptables filter INPUT');
    expect(told.steps.at(-1)?.kind).toBe('deliver');
  });

  it.each([
    // Another match of the rule says no.
    '-A INPUT -p udp -m hashlimit --hashlimit-upto 5/sec --hashlimit-name a -j DROP',
    '-A INPUT -m set --match-set absent src -m mark --mark 0x1 -j DROP',
    // Whatever it says, the packet goes on.
    '-A INPUT -m limit --limit 5/min -j LOG --log-prefix "x"',
  ])('but not where it does not matter: %s', (rule) => {
    expect(explain([filtered(rule)], ask).verdict).toBe('delivered');
  });

  it('an nftables rule', () => {
    const capture = host();
    const object = { family: 'inet', table: 't' };
    const expr = (statement: object) => ({
      nftables: [
        { table: { family: 'inet', name: 't' } },
        {
          chain: { ...object, name: 'c', type: 'filter', hook: 'input', prio: 0, policy: 'accept' },
        },
        { rule: { ...object, chain: 'c', expr: [statement, { drop: null }] } },
      ],
    });
    const read = (statement: object) => parseRuleset(JSON.stringify(expr(statement)));
    capture.namespaces[1]!.nftables = read({ limit: { rate: 5, per: 'second' } });
    expect(explain([capture], ask)).toMatchObject({
      verdict: 'uncertain',
      why: 'cannot be judged: nftables inet t c: limit rate 5/second drop (statement limit)',
    });
    capture.namespaces[1]!.nftables = read({ counter: null });
    expect(explain([capture], ask)).toMatchObject({
      verdict: 'dropped',
      why: 'nftables inet t c: counter drop',
    });
  });

  it('a sysctl or the end of a link that was not captured', () => {
    const capture = host();
    capture.namespaces[1]!.network.sysctls = [];
    expect(explain([capture], ask).why).toBe(
      'cannot be judged: rp_filter of oci1 was not captured',
    );
    capture.namespaces[0]!.peers = {};
    expect(explain([capture], ask)).toMatchObject({
      verdict: 'uncertain',
      why: 'cannot be judged: the other end of eth0 was not captured',
    });
  });
});

it('knows an ipset that was captured', () => {
  const capture = filtered('-A INPUT -m set --match-set pods src,dst -j DROP');
  capture.namespaces[1]!.ipsets = { pods: ['10.0.9.0/24,tcp:80', '10.0.1.0/28,tcp:80 timeout 5'] };
  expect(explain([capture], ask).verdict).toBe('dropped');
  capture.namespaces[1]!.ipsets = { pods: ['10.0.1.0/28,udp:80'] };
  expect(explain([capture], ask).verdict).toBe('delivered');
});

it('rules at the ingress of a device are not followed', () => {
  const capture = host();
  const at = { family: 'netdev', table: 'early' };
  const chain = { ...at, name: 'c', type: 'filter', hook: 'ingress', dev: 'oci1', prio: 0 };
  const nftables = [
    { table: { family: 'netdev', name: 'early' } },
    { chain },
    { rule: { ...at, chain: 'c', expr: [{ drop: null }] } },
  ];
  capture.namespaces[1]!.nftables = parseRuleset(JSON.stringify({ nftables }));
  expect(explain([capture], ask).why).toBe(
    'cannot be judged: nftables netdev early c: ingress of oci1',
  );
});

it.each<[object, string]>([
  [
    { key: { 'tcp option': { name: 'maxseg', field: 'size' } }, value: { rt: { key: 'mtu' } } },
    'delivered',
  ],
  [{ key: { payload: { protocol: 'ip', field: 'dscp' } }, value: 1 }, 'delivered'],
  [{ key: { meta: { key: 'nftrace' } }, value: 1 }, 'delivered'],
  [{ key: { payload: { protocol: 'ip', field: 'daddr' } }, value: '10.0.0.1' }, 'uncertain'],
  [{ key: { meta: { key: 'mark' } }, value: { jhash: { mod: 2 } } }, 'uncertain'],
])('what a rule sets: %j is %s', (mangle, verdict) => {
  const capture = host();
  const at = { family: 'inet', table: 't' };
  const nftables = [
    { table: { family: 'inet', name: 't' } },
    { chain: { ...at, name: 'c', type: 'filter', hook: 'forward', prio: 0, policy: 'accept' } },
    { rule: { ...at, chain: 'c', expr: [{ mangle }] } },
  ];
  capture.namespaces[1]!.nftables = parseRuleset(JSON.stringify({ nftables }));
  expect(explain([capture], { ...ask, destination: '203.0.113.50' }).verdict).toBe(verdict);
});
