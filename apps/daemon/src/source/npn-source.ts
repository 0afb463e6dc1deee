/** Pod addresses of a NativePodNetwork resource, which somebody else keeps. */
import type { NpnVnic } from '@vcn-cni/oci-vnic/npn';
import type { Log } from '../log/log.ts';
import type { Offer, SourceVnic } from '../node/offer.ts';
import type { AddressSource, SourcedVnic, SourceWait } from './address-source.ts';
import { untilDone } from './until-done.ts';

export interface NpnSourceDeps {
  /** The file of the resource, for messages. */
  file: string;
  /** Tells the VNICs of its status, again each time it is written. */
  watch(listener: {
    changed(vnics: readonly NpnVnic[]): void;
    /** What was told last still stands. */
    failed(error: Error): void;
  }): Disposable;
  /** The MAC address of each physical port, by its index; none on virtual machines. Asked only if a VNIC may be a VLAN. */
  ports(signal: AbortSignal): Promise<ReadonlyMap<number, string>>;
  /** Milliseconds of CLOCK_BOOTTIME. */
  now(): number;
  log: Log;
}

export function createNpnSource({ file, watch, ports, now, log }: NpnSourceDeps): AddressSource {
  const stopping = new AbortController();
  const { signal } = stopping;
  const startedAt = now();
  let told: readonly NpnVnic[] | undefined;
  let wait: SourceWait | undefined;
  let watcher: Disposable | undefined;
  let known: ReadonlyMap<number, string> | undefined;

  async function take(vnics: readonly NpnVnic[], offer: (offer: Offer) => void): Promise<void> {
    if (known === undefined && vnics.some(isTagged))
      known = await untilDone(() => ports(signal), {
        ...{ signal, now, log },
        waiting: (next) => {
          wait = next;
        },
      });
    told = vnics;
    wait = undefined;
    offer(toOffer(vnics, known));
    log.info({ file, vnics: vnics.length }, 'the NativePodNetwork was read');
  }

  const fail = (error: unknown): void => {
    if (signal.aborted) return;
    const detail = error instanceof Error ? error.message : String(error);
    wait = { cause: 'npn-unusable', subject: file, since: wait?.since ?? now(), detail };
    log.error({ err: error }, 'the NativePodNetwork cannot be used; what it said before stands');
  };

  return {
    start(offer) {
      let turn: Promise<void> = Promise.resolve();
      watcher = watch({
        changed(vnics) {
          turn = turn.then(() => take(vnics, offer)).catch(fail);
        },
        failed: fail,
      });
    },
    // Who keeps the resource decides how many there are.
    demandChanged: () => {},
    cardsChanged: () => {},
    origin: () => (told === undefined ? 'none' : 'file'),
    vnics: () => (told ?? []).map(toSourced),
    waits() {
      if (wait !== undefined) return [wait];
      if (told === undefined || told.length > 0) return [];
      return [{ cause: 'npn-empty', subject: file, since: startedAt }];
    },
    growing: () => false,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      watcher?.[Symbol.dispose]();
    },
  };
}

/** On bare metal a VNIC is a VLAN of a port, but for the first of each port (tag 0), which is the port. */
function isTagged({ nicIndex, vlanTag }: NpnVnic): boolean {
  return nicIndex !== undefined && vlanTag !== undefined && vlanTag > 0;
}

function toOffer(vnics: readonly NpnVnic[], ports: ReadonlyMap<number, string> | undefined): Offer {
  return {
    vnics: vnics.map((vnic): SourceVnic => {
      const { id, mac, addresses, virtualRouter: gateways } = vnic;
      // Virtual machines may be told of tags too, where they mean nothing.
      if (!isTagged(vnic) || !ports?.size) return { id, mac, addresses, gateways };
      const portMac = ports.get(vnic.nicIndex!);
      const trunk = { vlanId: vnic.vlanTag!, ...(portMac !== undefined && { portMac }) };
      return { id, mac, addresses, gateways, trunk };
    }),
    blocks: vnics.flatMap(({ id, podAddresses: { inet, inet6 } }) => [
      ...inet.map((address) => ({ cidr: `${address}/32`, vnic: id })),
      ...inet6.map((address) => ({ cidr: `${address}/128`, vnic: id })),
    ]),
  };
}

function toSourced({ id, mac, addresses, subnet }: NpnVnic): SourcedVnic {
  return {
    ...{ id, name: id, state: 'attached', mac },
    ...(subnet.inet !== undefined && { subnet: subnet.inet }),
    addresses: Object.values(addresses),
  };
}
