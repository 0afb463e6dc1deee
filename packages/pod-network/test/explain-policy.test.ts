import { parseSave } from '@vcn-cni/iptables';
import { expect, it } from 'vitest';
import { explain, type HostCapture, type Packet } from '../src/index.ts';
import { cluster, pods } from './explain-cluster.ts';

/** The host end of a pod's veth pair. */
function hostLink(hosts: HostCapture[], pod: string): string {
  const peers = hosts.flatMap(({ namespaces }) =>
    namespaces.flatMap((one) => Object.entries(one.peers)),
  );
  return peers.find(([, { namespace }]) => namespace === pod)![0];
}

/** Chains in the layout of Calico's Felix: marks 0x10000 accepted and 0x20000 passed on, policy by ipsets. */
function withPolicy(members: string[]): HostCapture[] {
  const hosts = cluster('iptables');
  const [echo, client] = ['echo1', 'client'].map((pod) => hostLink(hosts, pod));
  const text = `*raw
:PREROUTING ACCEPT [0:0]
:cali-PREROUTING - [0:0]
-A PREROUTING -m comment --comment "cali:1" -j cali-PREROUTING
-A cali-PREROUTING -j MARK --set-xmark 0x0/0xf0000
-A cali-PREROUTING -i oci+ -j MARK --set-xmark 0x40000/0x40000
-A cali-PREROUTING -m mark --mark 0x40000/0x40000 -m rpfilter --validmark --invert -j DROP
-A cali-PREROUTING -m mark --mark 0x10000/0x10000 -j ACCEPT
COMMIT
*filter
:FORWARD ACCEPT [0:0]
:cali-FORWARD - [0:0]
:cali-from-wl-dispatch - [0:0]
:cali-to-wl-dispatch - [0:0]
:cali-fw-client - [0:0]
:cali-tw-echo - [0:0]
:cali-pi-web - [0:0]
-A FORWARD -m comment --comment "cali:2" -j cali-FORWARD
-A cali-FORWARD -j MARK --set-xmark 0x0/0xe0000
-A cali-FORWARD -i oci+ -j cali-from-wl-dispatch
-A cali-FORWARD -o oci+ -j cali-to-wl-dispatch
-A cali-FORWARD -m mark --mark 0x10000/0x10000 -j ACCEPT
-A cali-from-wl-dispatch -i ${client} -g cali-fw-client
-A cali-from-wl-dispatch -i ${echo} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A cali-from-wl-dispatch -m comment --comment "Unknown interface" -j DROP
-A cali-to-wl-dispatch -o ${echo} -g cali-tw-echo
-A cali-to-wl-dispatch -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A cali-to-wl-dispatch -m comment --comment "Unknown interface" -j DROP
-A cali-fw-client -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A cali-fw-client -m conntrack --ctstate INVALID -j DROP
-A cali-fw-client -j MARK --set-xmark 0x10000/0x10000
-A cali-fw-client -m mark --mark 0x10000/0x10000 -j RETURN
-A cali-tw-echo -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A cali-tw-echo -j MARK --set-xmark 0x0/0x30000
-A cali-tw-echo -m mark --mark 0x0/0x20000 -j cali-pi-web
-A cali-tw-echo -m mark --mark 0x10000/0x10000 -j RETURN
-A cali-tw-echo -m comment --comment "Drop if no policies passed packet" -m mark --mark 0x0/0x20000 -j DROP
-A cali-pi-web -p tcp -m set --match-set cali40s:web src -m multiport --dports 8080,8443 -j MARK --set-xmark 0x10000/0x10000
-A cali-pi-web -m mark --mark 0x10000/0x10000 -j RETURN
COMMIT
`;
  const node = hosts[0]!.namespaces[0]!;
  const felix = parseSave(text, { counters: false });
  node.iptables.inet = [...felix, ...node.iptables.inet];
  node.ipsets = { 'cali40s:web': members };
  return hosts;
}

const ask: Packet = {
  from: { namespace: 'client' },
  destination: pods.kn1.echo1,
  protocol: 'tcp',
  destinationPort: 8080,
};

it('follows a network policy to the line that decides', () => {
  const allowed = explain(withPolicy([pods.kn1.client]), ask);
  expect(allowed).toMatchObject({
    verdict: 'delivered',
    where: 'echo1',
    back: { verdict: 'delivered' },
  });
  const denied = explain(withPolicy(['10.88.65.0/30']), ask);
  expect(denied).toMatchObject({
    verdict: 'dropped',
    where: 'kn1',
    why: 'iptables filter cali-tw-echo: -m comment --comment "Drop if no policies passed packet" -m mark --mark 0x0/0x20000 -j DROP',
  });
  expect(explain(withPolicy([pods.kn1.client]), { ...ask, destinationPort: 8081 }).verdict).toBe(
    'dropped',
  );
});

it('an ipset that was not captured leaves the policy open', () => {
  const hosts = withPolicy([]);
  delete hosts[0]!.namespaces[0]!.ipsets;
  expect(explain(hosts, ask)).toMatchObject({ verdict: 'uncertain' });
  expect(explain(hosts, ask).why).toContain('ipset cali40s:web was not captured');
});

/** nat rules in the layout of istio-init, for a proxy that runs as user 1337. */
const mesh = `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:ISTIO_INBOUND - [0:0]
:ISTIO_IN_REDIRECT - [0:0]
:ISTIO_OUTPUT - [0:0]
:ISTIO_REDIRECT - [0:0]
-A PREROUTING -p tcp -j ISTIO_INBOUND
-A OUTPUT -p tcp -j ISTIO_OUTPUT
-A ISTIO_INBOUND -p tcp -m tcp --dport 15020 -j RETURN
-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT
-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006
-A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m tcp ! --dport 15008 -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT
-A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
-A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
-A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN
-A ISTIO_OUTPUT -j ISTIO_REDIRECT
-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
COMMIT
`;

function withMesh(...meshed: string[]): HostCapture[] {
  const hosts = cluster('iptables');
  for (const { namespaces } of hosts) {
    for (const namespace of namespaces.filter(({ name }) => meshed.includes(name))) {
      namespace.iptables.inet = parseSave(mesh, { counters: false });
    }
  }
  return hosts;
}

it('what a meshed pod sends ends at its own proxy, and the proxy gets out', () => {
  const hosts = withMesh('client', 'echo2');
  const out = { ...ask, destination: pods.kn2.echo2, uid: 1000 };
  expect(explain(hosts, out)).toMatchObject({
    verdict: 'delivered',
    where: 'client',
    packet: { destination: '127.0.0.1', destinationPort: 15001 },
    back: { verdict: 'delivered', packet: { source: pods.kn2.echo2, sourcePort: 8080 } },
  });
  // At the other end the other proxy takes it; the answer still comes from who was asked.
  expect(explain(hosts, { ...out, uid: 1337 })).toMatchObject({
    verdict: 'delivered',
    where: 'echo2',
    packet: { destination: pods.kn2.echo2, destinationPort: 15006 },
    back: {
      verdict: 'delivered',
      where: 'client',
      packet: { source: pods.kn2.echo2, sourcePort: 8080 },
    },
  });
  expect(explain(hosts, { ...out, uid: 1337, destinationPort: 15020 }).packet.destinationPort).toBe(
    15020,
  );
});

it('without the sender’s user rules about owners cannot be judged', () => {
  const told = explain(withMesh('client'), ask);
  expect(told.verdict).toBe('uncertain');
  expect(told.why).toContain('--uid-owner: the sender');
});
