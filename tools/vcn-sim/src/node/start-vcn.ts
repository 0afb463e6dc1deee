import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox, type SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { startCloudServer } from '../api/server.ts';
import { type Cloud, type CloudOptions, createCloud } from '../cloud/cloud.ts';
import type { SubnetFacts, VcnFacts } from '../cloud/facts.ts';
import { apiAddress, internet, serviceAddress } from '../fabric/addresses.ts';
import { createFabric, type Fabric } from '../fabric/fabric.ts';
import { layOut, type SubnetPlan, subnetPlans } from './lay-out.ts';
import { listenInside } from './listen-inside.ts';
import { metadataDocument } from './metadata-documents.ts';
import { metadataHandler } from './metadata-handler.ts';
import { startMetadataServer } from './metadata-server.ts';
import { createRelay } from './relay.ts';
import { startResolver } from './resolver.ts';
import { vcnNames } from './vcn-names.ts';
import { launchNode, type VcnNode } from './vcn-node.ts';

export interface VcnOptions extends CloudOptions {
  /** How many to launch; default 2, named `node1` and so on. */
  nodes?: number;
  /** By name. Nodes have their primary VNIC in the first; default `nodes` and `pods`, both with both families. */
  subnets?: Record<string, SubnetPlan>;
  /** What time signatures are checked against; default the time of the day. */
  signedAt?: () => number;
  /** Shape and size of the nodes; default as `launchInstance` has it. */
  shape?: string;
  ocpus?: number;
}

/** A VCN that carries real packets, and everything around it; gone when it is disposed of. */
export interface Vcn extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly fabric: Fabric;
  readonly facts: VcnFacts;
  /** By name. */
  readonly subnets: Record<string, SubnetFacts>;
  readonly nodes: readonly VcnNode[];
  /** The host on the internet side. */
  readonly internet: SandboxNamespace;
  readonly internetAddress: { inet: string; inet6: string };
  /** As seen from the nodes. An answer of the API comes when the fabric has done what it says. */
  readonly endpoints: { api: string; federation: string; metadata: string; resolver: string };
  /** For more namespaces that end with this VCN, as of pods. */
  readonly sandbox: Sandbox;
  /** One more. */
  launch(name: string): Promise<VcnNode>;
  /** Waits until the fabric has done what the cloud announced so far. */
  settled(): Promise<void>;
}

const apiPort = 20160;

/** Needs CAP_SYS_ADMIN (root, or `unshare -Urnm`) and nft; touches nothing outside namespaces of its own. */
export async function startVcn(options: VcnOptions = {}): Promise<Vcn> {
  const { nodes: count = 2, subnets: plans = subnetPlans, signedAt, shape, ocpus } = options;
  await using stack = new AsyncDisposableStack();
  const sandbox = stack.use(await createSandbox());
  const cloud = createCloud(options);
  const { facts, subnets } = layOut(cloud, plans);
  const fabric = stack.use(await createFabric(sandbox, cloud));
  const { path } = fabric.namespace;
  const settled = () => fabric.settled();

  const directory = await mkdtemp(join(tmpdir(), 'vcn-sim-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const listen = { path: join(directory, 'api.sock') };
  stack.use(await startCloudServer({ cloud, listen, ...(signedAt && { signedAt }) }));
  const relay = stack.use(createRelay(listen.path, settled));
  await listenInside(path, relay.server, apiPort);
  const metadata = (instanceId: string) => metadataHandler(metadataDocument(cloud, instanceId));
  stack.use(await startMetadataServer(path, cloud, metadata));
  stack.use(await startResolver(path, vcnNames(cloud)));

  const api = `http://${apiAddress}:${apiPort}`;
  const first = Object.values(subnets)[0]!;
  const nodes: VcnNode[] = [];
  const launch = async (name: string): Promise<VcnNode> => {
    const node = await launchNode(cloud, fabric, {
      name,
      subnetId: first.id,
      ...(shape === undefined ? {} : { shape }),
      ...(ocpus === undefined ? {} : { ocpus }),
    });
    nodes.push(node);
    return node;
  };
  for (let n = 1; n <= count; n++) await launch(`node${n}`);

  const kept = stack.move();
  return {
    cloud,
    fabric,
    facts,
    subnets,
    nodes,
    internet: fabric.internet,
    internetAddress: internet.host,
    endpoints: {
      api,
      federation: api,
      metadata: `http://${serviceAddress.inet}/opc/v2/`,
      resolver: serviceAddress.inet,
    },
    sandbox,
    launch,
    settled,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
