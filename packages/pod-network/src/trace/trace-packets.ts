import { canonicalAddress, type Family } from '@vcn-cni/netlink';
import { contains } from '../explain/address.ts';
import type { HostCapture, NamespaceCapture } from '../explain/capture.ts';
import type { Packet, Protocol } from '../explain/packet.ts';
import { familyOf } from '../link-local.ts';
import { servicesIn } from './services-in.ts';

/** What somebody wants to see the way of. */
export interface TraceAsk {
  /** A pod (`namespace/name`, or its name alone where only one has it), a node's name, `node`, `internet`, an address. */
  from: string;
  /** The same, or a Service: `namespace/name` or `namespace/name:port`. */
  to: string;
  /** Absent: that of the Service; tcp with a port, else icmp. */
  protocol?: Protocol;
  /** Absent: that of the Service. */
  port?: number;
  /** Absent: each family that both ends have. */
  family?: Family;
}

/** Who calls from the internet where nobody is named (RFC 5737, RFC 3849). */
const outside: Record<Family, string> = { inet: '203.0.113.77', inet6: '2001:db8::77' };

interface Place {
  /** Absent: in no capture. */
  namespace?: NamespaceCapture;
  addresses: string[];
}

/**
 * The packets to follow, one a family; of the hosts the first is `node`. Pure.
 * @throws RangeError saying which end is not known, and what there is.
 */
export function tracePackets(hosts: readonly HostCapture[], ask: TraceAsk): Packet[] {
  const from = placeOf('from', ask.from, hosts);
  const service = serviceOf(ask, hosts);
  const to = service ? { addresses: service.addresses } : placeOf('to', ask.to, hosts);
  const protocol = ask.protocol ?? service?.protocol ?? (ask.port === undefined ? 'icmp' : 'tcp');
  const port = ask.port ?? service?.number;
  if (protocol !== 'icmp' && port === undefined)
    throw new RangeError(`port: ${protocol} needs one; give it with --port`);
  const packets = to.addresses.flatMap((destination): Packet[] => {
    const family = familyOf(destination);
    if (ask.family !== undefined && ask.family !== family) return [];
    const what = {
      destination,
      protocol,
      ...(protocol !== 'icmp' && port !== undefined && { destinationPort: port }),
    };
    const source = from.addresses.find((address) => familyOf(address) === family);
    if (from.namespace === undefined)
      return source === undefined ? [] : [arriving(source, what, hosts)];
    if (source === undefined) return [];
    const given = isAddress(ask.from) ? { source } : {};
    return [{ from: { namespace: from.namespace.name }, ...given, ...what }];
  });
  if (packets.length === 0)
    throw new RangeError(
      `to: ${ask.to} (${to.addresses.join(' ')}) and ${ask.from} (${from.addresses.join(' ')}) have no address family in common`,
    );
  return packets;
}

/** By the VNIC that the destination is of, else by the first host's primary one. */
function arriving(
  source: string,
  what: Pick<Packet, 'destination' | 'protocol' | 'destinationPort'>,
  hosts: readonly HostCapture[],
): Packet {
  const vnics = hosts.flatMap(({ root, vnics }) => vnics.map((vnic) => ({ root, vnic })));
  const holder =
    vnics.find(({ vnic }) => vnic.addresses.some((held) => contains(held, what.destination))) ??
    vnics[0];
  if (holder === undefined) throw new RangeError('from: no VNIC is in the capture to arrive by');
  return { from: { namespace: holder.root, link: holder.vnic.link }, source, ...what };
}

function serviceOf({ to, protocol, port }: TraceAsk, hosts: readonly HostCapture[]) {
  const [name, portName] = to.split(':') as [string, string?];
  const ports = (hosts[0] ? servicesIn(hosts[0]) : []).filter(
    (one) =>
      one.service === name &&
      (portName === undefined || one.port === portName || `${one.number}` === portName) &&
      (protocol === undefined || one.protocol === protocol) &&
      (port === undefined || one.number === port),
  );
  const [first] = ports;
  if (first === undefined) return undefined;
  const same = ports.filter(
    (one) => one.protocol === first.protocol && one.number === first.number,
  );
  return { ...first, addresses: same.map(({ address }) => address) };
}

function placeOf(end: 'from' | 'to', text: string, hosts: readonly HostCapture[]): Place {
  const [first] = hosts;
  if (text === 'internet') return { addresses: Object.values(outside) };
  const host = text === 'node' ? first : hosts.find(({ name }) => name === text);
  if (host) return nodePlace(host);
  const all = hosts.flatMap(({ namespaces }) => namespaces);
  const exact = all.filter(({ name }) => name === text);
  const named = exact.length > 0 ? exact : all.filter(({ name }) => name.endsWith(`/${text}`));
  if (named.length > 1)
    throw new RangeError(
      `${end}: ${text} may be ${named.map(({ name }) => name).join(' or ')}; say which`,
    );
  const [pod] = named;
  if (pod) return { namespace: pod, addresses: globalAddresses(pod) };
  if (!isAddress(text))
    throw new RangeError(
      `${end}: ${text} is no pod, Service or node here, and no address; there is ${all.map(({ name }) => name).join(', ')}, node, internet`,
    );
  const owner = all.find((namespace) => globalAddresses(namespace).includes(text));
  return { ...(owner && { namespace: owner }), addresses: [text] };
}

function isAddress(text: string): boolean {
  try {
    return canonicalAddress(text) !== '';
  } catch {
    return false;
  }
}

/** A node is called by the addresses of its primary VNIC. */
function nodePlace({ root, namespaces, vnics }: HostCapture): Place {
  const namespace = namespaces.find(({ name }) => name === root);
  const addresses = (vnics[0]?.addresses ?? []).filter((address) => !address.includes('/'));
  return { ...(namespace && { namespace }), addresses };
}

function globalAddresses({ network }: NamespaceCapture): string[] {
  return network.addresses
    .filter(({ link, scope = 'global' }) => link !== 'lo' && scope === 'global')
    .map(({ address }) => address.split('/')[0]!);
}
