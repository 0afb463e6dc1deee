import { readFileSync } from 'node:fs';
import { parseSave } from '@vcn-cni/iptables';
import { emptyState } from '@vcn-cni/netlink';
import { parseRuleset } from '@vcn-cni/nftables';
import { expect, test } from 'vitest';
import type { HostCapture, NamespaceCapture } from '../explain/capture.ts';
import { servicesIn } from './services-in.ts';
import { tracePackets } from './trace-packets.ts';

const recorded = (file: string) =>
  readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
const inIptables: Partial<NamespaceCapture> = {
  iptables: { inet: parseSave(recorded('iptables/fixtures/iptables-kn1.txt')), inet6: [] },
};
const inNftables: Partial<NamespaceCapture> = {
  nftables: parseRuleset(recorded('nftables/fixtures/nftables-kn1.json')),
};
const host = (rules: Partial<NamespaceCapture>): HostCapture => ({
  ...{ name: 'kn1', root: 'kn1' },
  namespaces: [
    {
      ...{ name: 'kn1', network: emptyState(), peers: {}, nftables: null },
      ...{ iptables: { inet: [], inet6: [] }, ...rules },
    },
  ],
  vnics: [{ link: 'ens3', addresses: ['10.88.0.11'] }],
});

test.each([
  ['iptables', inIptables],
  ['nftables', inNftables],
])("kube-proxy's rules of %s tell the Services and their ports", (_, rules) => {
  const services = servicesIn(host(rules));
  expect(services).toContainEqual({
    ...{ service: 'kube-system/kube-dns', port: 'dns' },
    ...{ address: '10.88.96.10', protocol: 'udp', number: 53 },
  });
  expect(
    services
      .filter(({ service }) => service === 'default/echo-cluster')
      .map(({ port, address, protocol, number }) => `${port} ${protocol} ${address}:${number}`)
      .toSorted(),
  ).toMatchInlineSnapshot(`
    [
      "http tcp 10.88.96.50:80",
      "udp udp 10.88.96.50:90",
    ]
  `);
  expect(services.some(({ address }) => address === '203.0.113.10')).toBe(false);
});

test('a Service is traced to by its name, to the port that is meant', () => {
  const to = (name: string, more: object = {}) =>
    tracePackets([host(inIptables)], { from: '192.0.2.9', to: name, ...more }).map(
      ({ destination, protocol, destinationPort }) =>
        `${protocol} ${destination}:${destinationPort}`,
    );
  expect(to('default/echo-cluster')).toEqual(['tcp 10.88.96.50:80']);
  expect(to('kube-system/kube-dns:dns')).toEqual(['udp 10.88.96.10:53']);
  expect(to('kube-system/kube-dns', { protocol: 'tcp' })).toEqual(['tcp 10.88.96.10:53']);
  expect(to('default/echo-cluster:80')).toEqual(['tcp 10.88.96.50:80']);
  expect(() => to('default/echo-cluster:81')).toThrow(/is no pod, Service or node here/);
});
