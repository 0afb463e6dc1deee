import { ruleParts } from '@vcn-cni/iptables';
import type { HostCapture, NamespaceCapture } from '../explain/capture.ts';
import type { Protocol } from '../explain/packet.ts';

/** One port of a Kubernetes Service, as kube-proxy's rules on a node tell of it. */
export interface ServicePort {
  /** `namespace/name`. */
  service: string;
  /** Name of the port; empty where it has none. */
  port: string;
  /** Cluster IP. */
  address: string;
  protocol: Protocol;
  number: number;
}

/**
 * The Services of a node by kube-proxy's own rules, in both of its modes: from the comments of KUBE-SERVICES, and from
 * the names of the chains in the map `service-ips`.
 */
export function servicesIn({ root, namespaces }: HostCapture): ServicePort[] {
  const node = namespaces.find(({ name }) => name === root);
  if (node === undefined) return [];
  const found = [...inIptables(node), ...inNftables(node)];
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

function inIptables({ iptables }: NamespaceCapture): ServicePort[] {
  const chains = [...iptables.inet, ...iptables.inet6].flatMap((table) => table.chains);
  const rules = chains
    .filter(({ name }) => name === 'KUBE-SERVICES')
    .flatMap((chain) => chain.rules);
  return rules.flatMap((rule) => {
    const { general, matches } = ruleParts(rule);
    const optionOf = (options: typeof general, name: string) =>
      options.find((option) => option.name === name)?.values[0];
    const all = [...general, ...matches.flatMap(({ options }) => options)];
    const said = /^(\S+?\/[^\s:]+)(?::(\S*))? (?:cluster IP|has no endpoints)$/.exec(
      optionOf(all, '--comment') ?? '',
    );
    const address = optionOf(general, '-d')?.split('/')[0];
    const protocol = protocolOf(optionOf(general, '-p'));
    const number = Number(optionOf(all, '--dport'));
    if (!said || address === undefined || protocol === undefined || !number) return [];
    return [{ service: said[1]!, port: said[2] ?? '', address, protocol, number }];
  });
}

function inNftables({ nftables }: NamespaceCapture): ServicePort[] {
  const sets = (nftables?.tables ?? [])
    .filter(({ name }) => name === 'kube-proxy')
    .flatMap((table) => table.sets)
    .filter(({ name }) => name === 'service-ips' || name === 'no-endpoint-services');
  return sets.flatMap(({ elements }) =>
    elements.flatMap((element) => {
      const [key, verdict] = element as unknown as [
        { concat?: [string, string, number] },
        { goto?: { target: string } } | undefined,
      ];
      // service-HASH-namespace/name/protocol/port
      const said = /^service-[^-]+-([^/]+\/[^/]+)\/[^/]+\/(.*)$/.exec(verdict?.goto?.target ?? '');
      const [address, protocolName, number] = key.concat ?? [];
      const protocol = protocolOf(protocolName);
      if (!said || address === undefined || protocol === undefined || !number) return [];
      return [{ service: said[1]!, port: said[2]!, address, protocol, number }];
    }),
  );
}

const protocolOf = (text: string | undefined): Protocol | undefined =>
  text === 'tcp' || text === 'udp' ? text : undefined;
