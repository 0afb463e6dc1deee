import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Invocation, Result, Verb } from '@vcn-cni/cni-spec';
import { createPool } from '@vcn-cni/ipam';
import { openStore } from '@vcn-cni/ipam/sqlite';
import { openNamespace } from '@vcn-cni/netlink/driver';
import { createSandbox } from '@vcn-cni/netlink/sandbox';
import { defaultSettings, type NodeFacts } from '@vcn-cni/pod-network';
import { type AttachmentDeps, type Attachments, createAttachments } from '../src/index.ts';

export const node: NodeFacts = {
  primary: {
    name: 'ens3',
    id: 'primary',
    mtu: 1500,
    addresses: { inet: '10.77.0.10', inet6: 'fd77::10' },
    gateways: { inet: '10.77.0.1' },
    blocks: ['10.77.1.0/28', 'fd77:0:0:1::/80'],
  },
  secondaries: [],
  vcnCidrs: [],
  families: ['inet', 'inet6'],
};

/** A node in a namespace of its own, with the real kernel and the real store. */
export interface TestScene extends AsyncDisposable {
  /** A daemon's worth of attachments over the same kernel and store directory; `wrap` may come between. */
  start(wrap?: (deps: AttachmentDeps) => AttachmentDeps): Promise<TestDaemon>;
  pod(name: string): TestPod;
  /** Host links of ours by name. */
  hostLinks(): Promise<string[]>;
}

export interface TestDaemon {
  attachments: Attachments;
  /** Addresses that are neither free nor cooling. */
  leased(): number;
  /** As a crash leaves it: the store is closed, nothing else happens. */
  abandon(): void;
}

export interface TestPod {
  path: string;
  exec(command: string, ...args: string[]): Promise<string>;
}

export async function createScene(): Promise<TestScene> {
  await using stack = new AsyncDisposableStack();
  const sandbox = stack.use(await createSandbox());
  const directory = await mkdtemp(join(tmpdir(), 'vcn-cni-attachment-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const host = sandbox.namespace('host');
  const uplink = 'link add name ens3 type veth peer name far0';
  await host.exec('ip', uplink.split(' '));
  await host.exec('ip', ['address', 'add', '10.77.0.10/24', 'dev', 'ens3']);
  await host.exec('ip', ['address', 'add', 'fd77::10/64', 'dev', 'ens3', 'nodad']);
  for (const link of ['ens3', 'far0']) await host.exec('ip', ['link', 'set', link, 'up']);
  const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  const bootTime = () => process.hrtime.bigint();
  const now = () => Number(bootTime() / 1_000_000n);
  const kept = stack.move();
  return {
    async start(wrap = (deps) => deps) {
      const store = openStore({ directory, bootId, now });
      const pool = createPool({ cooldownMs: 0 })({ now });
      pool.setBlocks(node.primary.blocks.map((cidr) => ({ cidr, vnic: 'primary' })));
      const attachments = createAttachments({
        host: defaultSettings,
        addressWaitMs: 1000,
        status: { exhaustedAfterMs: 0, exhaustion: 'error' },
      })(
        wrap({
          kernel: { host: host.handle, open: openNamespace },
          filter: { differences: async () => [], apply: async () => {} },
          store,
          pool,
          clock: { bootTime },
          log: { info: () => {}, warn: () => {} },
          node: () => node,
        }),
      );
      await attachments.recover();
      await attachments.reconcile();
      return {
        attachments,
        leased: () => pool.counts().leased,
        abandon: () => {
          pool.close();
          store.close();
        },
      };
    },
    pod(name) {
      const namespace = sandbox.namespace(`pod ${name}`);
      return {
        path: namespace.path,
        exec: async (command, ...args) => (await namespace.exec(command, args)).stdout,
      };
    },
    async hostLinks() {
      const { links } = await host.handle.snapshot({ tables: [], ruleProtocol: false });
      return links.map(({ name }) => name).filter((name) => name.startsWith('oci'));
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** An invocation of the network "pods" for a Kubernetes pod. */
export function invocation(
  verb: Verb,
  { containerId, netns, name, ifname = 'eth0', prevResult }: Asked,
): Invocation {
  return {
    verb,
    containerId,
    netns,
    ifname,
    args: new Map([
      ['K8S_POD_NAMESPACE', 'default'],
      ['K8S_POD_NAME', name],
    ]),
    path: [],
    config: {
      cniVersion: '1.1.0',
      name: 'pods',
      type: 'oci-vcn',
      ...(prevResult && { prevResult }),
    },
  };
}

export interface Asked {
  containerId: string;
  netns: string;
  name: string;
  ifname?: string;
  prevResult?: Result;
}

export const context = () => ({ signal: new AbortController().signal });
