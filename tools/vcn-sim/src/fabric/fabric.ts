import { diff, emptyState } from '@vcn-cni/netlink';
import type { Namespace } from '@vcn-cni/netlink/driver';
import type { Sandbox, SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { nft as createNft, type Nft } from '@vcn-cni/nftables/driver';
import type { CloudFeed } from '../cloud/facts.ts';
import { internetNamespace } from './addresses.ts';
import { createProxyList } from './apply-proxies.ts';
import type { Place } from './books.ts';
import { counterTable, readTraffic, type VnicTraffic } from './count-vnic.ts';
import { createFollower } from './follower.ts';
import { fabricOwnership } from './ownership.ts';
import { countPackets, type PacketCounter } from './packet-counter.ts';
import { placeVnics } from './places.ts';
import { type FabricPlan, planFabric } from './plan-fabric.ts';
import { internetHost } from './route-internet.ts';
import { vnicLink } from './vnic-view.ts';

/** The VCN's router: a namespace that carries packets as the cloud's books have it. */
export interface Fabric extends AsyncDisposable {
  readonly namespace: SandboxNamespace;
  /** The host on the internet side. */
  readonly internet: SandboxNamespace;
  /** The namespace of an instance, made when the cloud announced it. */
  node(instanceId: string): SandboxNamespace;
  /** Name of the network card by which a VNIC appears in its node; undefined: it is not attached. */
  device(vnicId: string): string | undefined;
  /**
   * Waits until everything that the cloud has announced so far is in force.
   * @throws the first failure, at every call from then on
   */
  settled(): Promise<void>;
  /** Packets that left a VNIC with a source that is not its own. */
  drops(vnicId: string): Promise<number>;
  traffic(vnicId: string): Promise<VnicTraffic>;
  /** Counts packets that reach the fabric, by an nft match such as `ip daddr 10.0.1.5`. */
  count(match: string): Promise<PacketCounter>;
  /** Lets a public IPv4 address stand one to one for the VNIC's own; undefined takes it away. */
  expose(vnicId: string, publicAddress: string | undefined): Promise<void>;
}

/** Follows the cloud until it is disposed of; the namespaces are the sandbox's. */
export async function createFabric(sandbox: Sandbox, feed: CloudFeed): Promise<Fabric> {
  const namespace = sandbox.namespace('fabric');
  const internet = sandbox.namespace(internetNamespace);
  const kernel = createKernelSide(namespace, (name) => sandbox.namespace(name));
  const publicAddresses = new Map<string, string>();
  let places = new Map<string, Place>();
  let instances = new Set<string>();
  let counters = 0;

  const follower = createFollower(async () => {
    const facts = feed.facts();
    places = placeVnics(places, facts.vnics);
    await kernel.apply(planFabric({ facts, places, publicAddresses }));
    const running = new Set(facts.instances.map(({ id }) => id));
    for (const id of instances) if (!running.has(id)) sandbox.namespace(id).remove();
    instances = running;
  });
  const unsubscribe = feed.subscribe(() => follower.mark());
  follower.mark();
  await follower.settled();
  await applyWanted(internet.handle, internetHost());

  const traffic = async (vnicId: string): Promise<VnicTraffic> =>
    readTraffic(await kernel.nft.read(counterTable(vnicLink(vnicId))));
  return {
    namespace,
    internet,
    node: (instanceId) => sandbox.namespace(instanceId),
    device: (vnicId) => places.get(vnicId)?.device,
    settled: () => follower.settled(),
    traffic,
    drops: async (vnicId) => (await traffic(vnicId)).droppedSources,
    count: (match) => countPackets(kernel.nft, `probe-${++counters}`, match),
    async expose(vnicId, publicAddress) {
      if (publicAddress === undefined) publicAddresses.delete(vnicId);
      else publicAddresses.set(vnicId, publicAddress);
      follower.mark();
      await follower.settled();
    },
    async [Symbol.asyncDispose]() {
      unsubscribe();
      await follower.stop();
    },
  };
}

async function applyWanted(
  handle: Namespace,
  wanted: FabricPlan['state'],
  namespaces: Record<string, Namespace> = {},
): Promise<ReadonlySet<string>> {
  const sysctls = wanted.sysctls.map(({ name }) => name);
  const actual = await handle.snapshot({ sysctls });
  await handle.apply(diff(actual, { ...emptyState(), ...wanted }, fabricOwnership), { namespaces });
  return new Set(wanted.links.map(({ name }) => name));
}

interface KernelSide {
  readonly nft: Nft;
  apply(plan: FabricPlan): Promise<void>;
}

/** Does what a plan asks for, and only what differs from what was done before. */
function createKernelSide(
  namespace: SandboxNamespace,
  namespaceOf: (name: string) => SandboxNamespace,
): KernelSide {
  const nft = createNft({ exec: ['nsenter', `--net=${namespace.path}`, '--'] });
  const proxies = createProxyList(namespace);
  let table = '';
  let counting = new Set<string>();
  return {
    nft,
    async apply({ state, table: wanted, counters, proxies: wantedProxies }) {
      // Counters end what the table marks, so they are there first; and no link comes up without them.
      for (const counter of counters) if (!counting.has(counter.name)) await nft.apply(counter);
      const text = JSON.stringify(wanted);
      if (text !== table) await nft.apply(wanted);
      table = text;
      const peers = state.links.flatMap(({ peer }) => peer?.namespace ?? []);
      const namespaces = Object.fromEntries(peers.map((name) => [name, namespaceOf(name).handle]));
      const links = await applyWanted(namespace.handle, state, namespaces);
      await proxies.apply(wantedProxies, links);
      const names = new Set(counters.map(({ name }) => name));
      for (const name of counting) if (!names.has(name)) await nft.remove({ family: 'inet', name });
      counting = names;
    },
  };
}
