import { ruleParts, tokenise } from '@vcn-cni/iptables';
import { expect, it } from 'vitest';
import { visit } from '../../../test/explain-visit.ts';
import type { Hook } from '../netfilter/visit.ts';
import type { Skb } from '../skb.ts';
import { CannotJudge } from '../trail.ts';
import { ruleMatches } from './matches.ts';
import { applyTarget } from './targets.ts';

const parts = (text: string) => ruleParts({ tokens: tokenise(text) });

function holds(text: string, hook: Hook = 'prerouting', change: Partial<Skb> = {}) {
  try {
    return ruleMatches(parts(text), visit(hook, change));
  } catch (error) {
    if (error instanceof CannotJudge) return 'cannot be judged';
    throw error;
  }
}

it.each<[string, boolean | 'cannot be judged']>([
  ['-s 10.0.1.0/28', true],
  ['! -s 10.0.1.0/28', false],
  ['-d 10.0.0.11/32', false],
  ['-i oci+', true],
  ['! -i oci1', false],
  ['-o +', true],
  ['-o ens3', false],
  ['-p tcp -m tcp --dport 8080', true],
  ['-p 6', true],
  ['-p udp -m udp --dport 8080', false],
  ['-p tcp -m tcp --sport 40000:', true],
  ['-p tcp -m tcp ! --dport 8000:9000', false],
  ['-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN', true],
  ['-p tcp -m tcp --tcp-flags SYN,ACK SYN,ACK', false],
  ['-p tcp -m tcp --tcp-option 2', 'cannot be judged'],
  ['-p tcp -m multiport --dports 80,8000:8080', true],
  ['-p tcp -m multiport ! --ports 40000', false],
  ['-p icmp -m icmp --icmp-type 8', false],
  ['-m mark --mark 0x80/0x80', true],
  ['-m mark --mark 0x80', false],
  ['-m mark ! --mark 0x4000/0x4000', true],
  ['-m connmark --mark 0x80/0xff', true],
  ['-m conntrack --ctstate NEW,RELATED', true],
  ['-m conntrack --ctstate DNAT', true],
  ['-m conntrack --ctstate SNAT', false],
  ['-m conntrack ! --ctstate ESTABLISHED --ctdir ORIGINAL', true],
  ['-m conntrack --ctdir REPLY', false],
  ['-m conntrack --ctorigdst 10.0.9.0/24 --ctorigdstport 80', true],
  ['-m conntrack --ctproto 17', false],
  ['-m conntrack --ctexpire 1:5', 'cannot be judged'],
  ['-m state --state NEW', true],
  ['-m addrtype --dst-type LOCAL', true],
  ['-m addrtype --src-type LOCAL', false],
  ['-m addrtype --dst-type LOCAL --limit-iface-in', false],
  ['-m addrtype --dst-type ANYCAST', 'cannot be judged'],
  ['-m iprange --src-range 10.0.1.1-10.0.1.3', true],
  ['-m iprange ! --dst-range 10.0.0.10-10.0.0.10', false],
  ['-m rpfilter', true],
  ['-m rpfilter --invert', false],
  ['-m owner --uid-owner 0', false],
  ['-m physdev --physdev-is-bridged', false],
  ['-m physdev ! --physdev-is-bridged', true],
  ['-m comment --comment "! -m"', true],
  ['-m nfacct --nfacct-name x', true],
  ['-m u32 --u32 1=2', 'cannot be judged'],
  ['-m statistic --mode nth --every 3 --packet 0', 'cannot be judged'],
])('%s: %s', (text, expected) => {
  expect(holds(text)).toBe(expected);
});

it('sees what differs by hook, packet and connection', () => {
  expect(holds('-o ens+', 'forward')).toBe(true);
  expect(holds('-i oci1', 'output')).toBe(false);
  expect(holds('-m rpfilter --invert', 'prerouting', { source: '203.0.113.9' })).toBe(true);
  expect(holds('-m rpfilter --invert --loose', 'prerouting', { source: '203.0.113.9' })).toBe(
    false,
  );
  expect(holds('-m conntrack --ctstate ESTABLISHED', 'input', { state: 'established' })).toBe(true);
  expect(holds('-m owner --uid-owner 7-9', 'output', { owner: { uid: 8 } })).toBe(true);
  expect(holds('-m owner --gid-owner 7', 'output', { owner: {} })).toBe('cannot be judged');
  const ping = { protocol: 'icmp' as const };
  expect(holds('-p icmp -m icmp --icmp-type 8/0', 'input', ping)).toBe(true);
  expect(holds('-p icmp -m icmp --icmp-type 0', 'input', { ...ping, answer: true })).toBe(true);
  expect(holds('-p ipv6-icmp', 'input', { ...ping, family: 'inet6' })).toBe(true);
});

it('without a connection only a state can be asked for', () => {
  const { connection: _connection, ...bare } = visit('prerouting').skb;
  const untracked = { ...visit('prerouting'), skb: { ...bare, state: 'untracked' as const } };
  const asked = (text: string) => ruleMatches(parts(text), untracked);
  expect(asked('-m conntrack --ctstate UNTRACKED')).toBe(true);
  expect(asked('-m conntrack --ctstate INVALID')).toBe(false);
  expect(asked('-m conntrack --ctdir ORIGINAL')).toBe(false);
  expect(asked('-m conntrack ! --ctdir ORIGINAL')).toBe(false);
  expect(asked('-m connmark ! --mark 0x1')).toBe(false);
});

it.each<[string, number, number]>([
  ['-j MARK --set-xmark 0x1/0xffffffff', 0x1, 0x80],
  ['-j MARK --set-xmark 0x4000/0x4000', 0x4480, 0x80],
  ['-j MARK --set-xmark 0x80/0x0', 0x400, 0x80],
  ['-j MARK --set-mark 0x1/0x80', 0x401, 0x80],
  ['-j MARK --and-mark 0xff', 0x80, 0x80],
  ['-j MARK --or-mark 0x1', 0x481, 0x80],
  ['-j CONNMARK --set-xmark 0x1/0x1', 0x480, 0x81],
  ['-j CONNMARK --save-mark --nfmask 0x400 --ctmask 0x0', 0x480, 0x480],
  ['-j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff', 0x80, 0x80],
  ['-j CONNMARK --restore-mark --nfmask 0x80 --ctmask 0x80', 0x480, 0x80],
])('%s leaves the packet with %i and the connection with %i', (text, mark, connectionMark) => {
  const at = visit('prerouting');
  expect(applyTarget(parts(text), text, at, 'C')).toBe('next');
  expect([at.skb.mark, at.skb.connection?.mark]).toEqual([mark, connectionMark]);
});

it.each<[string, string, number]>([
  ['-j DNAT --to-destination 10.0.1.5:9', '10.0.1.5', 9],
  ['-j DNAT --to-destination 10.0.1.5', '10.0.1.5', 8080],
  ['-j DNAT --to-destination :9', '10.0.0.10', 9],
  ['-j DNAT --to-destination [fd00:0::5]:9', 'fd00::5', 9],
  ['-j DNAT --to-destination fd00::5', 'fd00::5', 8080],
])('%s', (text, source, sourcePort) => {
  const at = { ...visit('prerouting'), side: 'destination' as const };
  expect(applyTarget(parts(text), text, at, 'C')).toBe('accept');
  expect(at.skb.connection?.reply).toMatchObject({ source, sourcePort });
});
