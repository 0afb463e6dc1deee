import type { LinkFact } from '@vcn-cni/netlink';
import type { NamespaceCapture } from './capture.ts';

/**
 * The same namespaces with `peers` filled in, for veth pairs whose both ends are among them. Each end names the
 * other's index; where two ends would fit one, the pair is left open. Namespaces of different hosts are paired
 * only by calling this with all of them.
 */
export function pairVeths(namespaces: readonly NamespaceCapture[]): NamespaceCapture[] {
  const ends = namespaces.flatMap(({ name, network }) =>
    network.links.filter(({ kind }) => kind === 'veth').map((link) => ({ namespace: name, link })),
  );
  return namespaces.map((namespace) => {
    const peers: NamespaceCapture['peers'] = { ...namespace.peers };
    for (const end of ends.filter((one) => one.namespace === namespace.name)) {
      const [other, ...more] = ends.filter((one) => fits(end, one));
      const [back, ...others] = other === undefined ? [] : ends.filter((one) => fits(other, one));
      if (other === undefined || more.length > 0 || back === undefined || others.length > 0)
        continue;
      peers[end.link.name] = { namespace: other.namespace, link: other.link.name };
    }
    return { ...namespace, peers };
  });
}

interface End {
  namespace: string;
  link: LinkFact;
}

function fits(one: End, other: End): boolean {
  if (one.link.peerIndex !== other.link.index || other.link.peerIndex !== one.link.index) {
    return false;
  }
  // A namespace id is there exactly where the other end is elsewhere.
  const elsewhere = one.link.peerNamespaceId !== undefined;
  return elsewhere === (one.namespace !== other.namespace);
}
