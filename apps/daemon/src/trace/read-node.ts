/** Reads everything on this node that decides what becomes of a packet. */
import type { AttachmentRecord, Namespace } from '@vcn-cni/attachment';
import type { ActualState, SnapshotScope } from '@vcn-cni/netlink';
import {
  capturedSysctls,
  type NamespaceReading,
  type NodeFacts,
  type VnicCapture,
} from '@vcn-cni/pod-network';

/** What `GET /v1/capture` answers; who asks parses it, so that a large ruleset costs the daemon nothing. */
export interface NodeReading {
  /** Of the node, and of its own namespace. */
  name: string;
  /** The node's own first, then those of its pods. */
  namespaces: NamespaceReading[];
  vnics: VnicCapture[];
  /** Pods whose namespace cannot be opened from here, each with the reason. */
  unread: string[];
}

export interface RulesReader {
  /** As `nft -j list ruleset` prints it. */
  nft(): Promise<string>;
  /** As `iptables-save` and `ip6tables-save` print it, of both backends. */
  iptables(family: 'inet' | 'inet6'): Promise<string>;
}

export interface ReadNodeDeps {
  name: string;
  host: { snapshot(scope?: SnapshotScope): Promise<ActualState> };
  open(path: string): Namespace;
  /** Of the node itself, or of the namespace at a path. */
  rules(path?: string): RulesReader;
  facts(): NodeFacts;
  records(): AttachmentRecord[];
  /** Of the secondary VNICs. */
  skipSourceDestCheck: boolean;
}

/** What stands for every pod. */
const every = '*';

/** `rulesOf`: pods whose packet filter is read too, or `*`; most pods have none, and each costs several programs. */
export async function readNode(
  deps: ReadNodeDeps,
  rulesOf: ReadonlySet<string>,
): Promise<NodeReading> {
  const { name, host, facts } = deps;
  const root = { name, network: await readNetwork(host), ...(await readRules(deps.rules())) };
  const namespaces: NamespaceReading[] = [root];
  const unread: string[] = [];
  const seen = new Set<string>();
  for (const { key, detail } of deps.records()) {
    const { netns, pod } = detail.spec;
    const podName = pod ? `${pod.namespace}/${pod.name}` : key.containerId;
    if (seen.has(podName)) continue;
    seen.add(podName);
    try {
      const namespace = deps.open(netns);
      try {
        const network = await readNetwork(namespace);
        const rules =
          rulesOf.has(podName) || rulesOf.has(every) ? await readRules(deps.rules(netns)) : {};
        namespaces.push({ name: podName, network, ...rules });
      } finally {
        namespace.close();
      }
    } catch (error) {
      unread.push(`${podName}: ${(error as Error).message}`);
    }
  }
  return { name, namespaces, vnics: vnicsOf(facts(), deps.skipSourceDestCheck), unread };
}

async function readNetwork(namespace: ReadNodeDeps['host']): Promise<ActualState> {
  const { links } = await namespace.snapshot({ tables: [], ruleProtocol: false });
  return namespace.snapshot({ learnedNeighbours: true, sysctls: capturedSysctls(links) });
}

type Rules = Pick<NamespaceReading, 'nftRuleset' | 'iptablesSave' | 'ip6tablesSave'>;

/** A program that is not installed here has no rules here. */
async function readRules({ nft, iptables }: RulesReader): Promise<Rules> {
  const text = (reading: Promise<string>) =>
    reading.catch((error: { reason?: string }) => {
      if (error.reason === 'missing') return undefined;
      throw error;
    });
  const [nftRuleset, iptablesSave, ip6tablesSave] = await Promise.all([
    text(nft()),
    text(iptables('inet')),
    text(iptables('inet6')),
  ]);
  return {
    ...(nftRuleset !== undefined && { nftRuleset }),
    ...(iptablesSave !== undefined && { iptablesSave }),
    ...(ip6tablesSave !== undefined && { ip6tablesSave }),
  };
}

function vnicsOf({ primary, secondaries }: NodeFacts, skipSourceDestCheck: boolean): VnicCapture[] {
  const addressesOf = ({ addresses, blocks }: NodeFacts['primary']) => [
    ...Object.values(addresses),
    ...blocks,
  ];
  return [
    { link: primary.name, addresses: addressesOf(primary) },
    ...secondaries.map((vnic) => ({
      ...{ link: vnic.name, addresses: addressesOf(vnic), skipSourceDestCheck },
    })),
  ];
}
