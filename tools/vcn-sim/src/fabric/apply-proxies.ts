import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import type { NeighbourProxy } from './neighbour-proxies.ts';

const keyOf = ({ link, address }: NeighbourProxy): string => `${address} dev ${link}`;

/** Keeps the kernel's list of proxied neighbours; it goes with the link, and is none of a snapshot. */
export function createProxyList(namespace: SandboxNamespace): {
  apply(wanted: readonly NeighbourProxy[], links: ReadonlySet<string>): Promise<void>;
} {
  let present = new Map<string, NeighbourProxy>();
  return {
    async apply(wanted, links) {
      const next = new Map(wanted.map((proxy) => [keyOf(proxy), proxy]));
      const lines = [
        ...[...present]
          .filter(([key, { link }]) => !next.has(key) && links.has(link))
          .map(([key]) => `neighbour delete proxy ${key}`),
        ...[...next.keys()]
          .filter((key) => !present.has(key))
          .map((key) => `neighbour replace proxy ${key}`),
      ];
      present = next;
      if (lines.length === 0) return;
      const input = `${lines.join('\n')}\n`;
      const { code, stderr } = await namespace.exec('ip', ['-6', '-batch', '-'], { input });
      if (code !== 0) throw new Error(`ip -6 -batch refused the proxied neighbours: ${stderr}`);
    },
  };
}
