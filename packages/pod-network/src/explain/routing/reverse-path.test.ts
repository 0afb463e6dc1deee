import type { RouteSpec } from '@vcn-cni/netlink';
import { describe, expect, it } from 'vitest';
import { openSpace } from '../space.ts';
import { reversePath } from './reverse-path.ts';

const direct = (destination: string, link: string): RouteSpec => ({
  family: 'inet',
  destination,
  link,
});

function passes(
  sysctls: Record<string, string>,
  options: { addressed?: boolean; mark?: number; oif?: string; source?: string } = {},
): boolean {
  const { addressed = true, mark = 0, oif, source = '203.0.113.50' } = options;
  const capture = {
    name: 'n',
    network: {
      links: [],
      addresses: addressed ? [{ link: 'a', address: '10.0.0.10/24' }] : [],
      routes: [
        direct('10.0.0.0/24', 'a'),
        direct('203.0.113.0/24', 'b'),
        { ...direct('203.0.113.0/24', 'a'), table: 7 },
        { ...direct('10.0.0.10/32', 'a'), type: 'local' as const },
      ],
      rules: [
        { family: 'inet' as const, priority: 1, action: 'lookup' as const, table: 7, fwmark: 0x80 },
        { family: 'inet' as const, priority: 2, action: 'lookup' as const, table: 7, iif: 'z' },
        { family: 'inet' as const, priority: 3, action: 'lookup' as const, table: 254 },
      ],
      neighbours: [],
      sysctls: Object.entries(sysctls).map(([key, value]) => ({
        name: `net/ipv4/conf/${key}`,
        value,
      })),
    },
    peers: {},
    iptables: { inet: [], inet6: [] },
    nftables: null,
  };
  const space = openSpace({ name: 'n', root: 'n', namespaces: [], vnics: [] }, capture);
  const packet = { source, destination: '10.0.0.10', mark, iif: 'a' };
  return reversePath(space, packet, oif).passes;
}

describe('a source whose way back is by another link', () => {
  it('passes off and loose, not strict; the larger of all and the link counts', () => {
    expect(passes({ 'a/rp_filter': '0' })).toBe(true);
    expect(passes({ 'a/rp_filter': '1' })).toBe(false);
    expect(passes({ 'a/rp_filter': '2' })).toBe(true);
    expect(passes({ 'a/rp_filter': '0', 'all/rp_filter': '1' })).toBe(false);
    expect(passes({ 'a/rp_filter': '1', 'all/rp_filter': '2' })).toBe(true);
  });

  it('a link without an IPv4 address is strict even when loose', () => {
    expect(passes({ 'a/rp_filter': '2' }, { addressed: false })).toBe(false);
    expect(passes({ 'a/rp_filter': '0' }, { addressed: false })).toBe(true);
  });

  it('the mark counts with src_valid_mark alone', () => {
    expect(passes({ 'a/rp_filter': '1' }, { mark: 0x80 })).toBe(false);
    expect(passes({ 'a/rp_filter': '1', 'a/src_valid_mark': '1' }, { mark: 0x80 })).toBe(true);
  });

  it('the way back is looked up as if it came in where the packet leaves', () => {
    expect(passes({ 'a/rp_filter': '1' }, { oif: 'z' })).toBe(true);
  });
});

it('no way back at all passes only where the check is off', () => {
  expect(passes({ 'a/rp_filter': '2' }, { source: '198.51.100.1' })).toBe(false);
  expect(passes({ 'a/rp_filter': '0' }, { source: '198.51.100.1' })).toBe(true);
});

it("the node's own address comes in nowhere, unless accept_local says so", () => {
  expect(passes({ 'a/rp_filter': '0' }, { source: '10.0.0.10' })).toBe(false);
  expect(passes({ 'a/accept_local': '1' }, { source: '10.0.0.10' })).toBe(true);
});
