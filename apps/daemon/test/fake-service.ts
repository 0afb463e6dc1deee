/** A small working service: attachments in memory, addresses from a counter, as slow as a test wants. */
import type { AttachmentRecord, Attachments } from '@vcn-cni/attachment';
import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import type { Service } from '../src/service.ts';
import type { VnicsReport } from '../src/vnics-report.ts';

export interface FakeService extends Service {
  /** Milliseconds that every verb takes. */
  workMs: number;
  /** ADDs wait for this; aborted ones reject with the signal's reason. */
  hold: Promise<void> | undefined;
  /** Changes that reconcile will find. */
  drift: string[];
  events: string[];
  notReady: string | undefined;
  report: VnicsReport;
}

export function fakeService(): FakeService {
  const records = new Map<string, AttachmentRecord>();
  let next = 2;
  const idOf = ({ config, containerId, ifname }: Invocation) =>
    `${config.name}/${containerId}/${ifname}`;

  const attachments: Attachments = {
    async add(invocation, { signal }): Promise<Result> {
      fake.events.push(`add ${invocation.containerId}`);
      await untilAborted(fake.hold, signal);
      await work();
      if (records.has(idOf(invocation)))
        throw new CniError(ErrorCode.InterfaceExists, 'already attached');
      const address = `10.0.${1 + (next >> 8)}.${next++ & 255}`;
      records.set(idOf(invocation), record(invocation, address));
      return { cniVersion: '1.1.0', ips: [{ address: `${address}/32` }] };
    },
    async del(invocation, { spooledAt }) {
      fake.events.push(`del ${invocation.containerId}`);
      await work();
      const found = records.get(idOf(invocation));
      if (found && spooledAt !== undefined && found.startedAt > spooledAt) return;
      records.delete(idOf(invocation));
    },
    check: async () => {},
    gc: async () => {
      for (const [id, { key }] of records)
        if (key.containerId.startsWith('dead')) records.delete(id);
    },
    status: async () => {
      if (fake.notReady !== undefined)
        throw new CniError(ErrorCode.PluginNotAvailable, fake.notReady);
    },
    recover: async () => {
      fake.events.push('recover');
      return { attached: records.size, undone: [], rebuilt: [] };
    },
    reconcile: async () => ({ changes: fake.drift.splice(0) }),
    changes: async () => ({ changes: [...fake.drift] }),
    podLinkChanged: async () => {},
    concerns: () => false,
    list: () => [...records.values()],
  };

  const work = () => new Promise<void>((resolve) => setTimeout(resolve, fake.workMs));
  const fake: FakeService = {
    workMs: 0,
    hold: undefined,
    drift: [],
    events: [],
    notReady: undefined,
    report: { mode: 'static', source: 'configuration', vnics: [], waits: [], stranded: [] },
    attachments,
    reconcile: () => attachments.reconcile(),
    changes: () => attachments.changes(),
    start: () => {},
    vnics: () => fake.report,
    history: () => undefined,
    read: async () => ({ name: 'node', namespaces: [], vnics: [], unread: [] }),
    poolCounts: () => {
      const one = { total: 14, leased: records.size, cooling: 0, free: 14 - records.size };
      const counts = { ...one, draining: 0, excluded: 0, waiting: 0 };
      return { ...counts, families: { inet: counts, inet6: counts } };
    },
    tidy: async () => {},
    otherBoot: false,
    watch: () => ({ [Symbol.dispose]() {} }),
    node: () => ({ interface: 'ens3' }),
    async [Symbol.asyncDispose]() {
      fake.events.push('closed');
    },
  };
  return fake;
}

function record(
  { config, containerId, ifname, netns }: Invocation,
  address: string,
): AttachmentRecord {
  const key = { network: config.name, containerId, ifname };
  return {
    key,
    phase: 'attached',
    lease: { key, addresses: [{ family: 'inet', address, block: '10.0.1.0/28', vnic: 'primary' }] },
    startedAt: process.hrtime.bigint(),
    detail: {
      spec: {
        key,
        netns,
        hostLink: `oci${containerId}`,
        hostMac: '0a:00:00:00:00:01',
        podMac: '0a:00:00:00:00:02',
        mtu: 9000,
        pod: { namespace: 'default', name: containerId },
      },
    },
  };
}

async function untilAborted(hold: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  if (!hold) return;
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  await Promise.race([hold, promise]).finally(() => signal.removeEventListener('abort', onAbort));
}
