import type { Assignment, AttachAsk, Subnet, Vnic, VnicApi } from '../model.ts';
import { FakeError } from './fake-error.ts';
import {
  type FakeCloudOptions,
  type FakeFaults,
  fakeTimes,
  noFaults,
  type Span,
} from './fake-options.ts';
import { createSpace, type FakeSpace } from './fake-subnet.ts';
import { createLedger } from './fake-tokens.ts';
import { seededRandom } from './seeded-random.ts';

/** A cloud in memory and in simulated time: what it holds, and its calls, per instance. */
export interface FakeCloud {
  /** The calls of one instance, whose primary VNIC there is from then on. */
  api(instanceId: string): VnicApi;
  /** What there really is, without delay. */
  books: {
    vnics(instanceId: string): Vnic[];
    assignments(): Assignment[];
  };
  /** How often each call of OCI was made, as OCI counts them: a VNIC that is listed is one more call. */
  calls(): Record<string, number>;
  /** What somebody else does: detaches, assigns, changes. */
  meddle: {
    detach(vnicId: string): void;
    assign(vnicId: string, tags: Record<string, string>): Assignment;
    attach(instanceId: string, subnetId: string, tags: Record<string, string>): Vnic;
  };
  /** From now on no call is answered, or again. */
  setAway(away: boolean): void;
  /** From now on these calls are not permitted. */
  setForbidden(operations: readonly string[]): void;
  /** What goes wrong from now on; faults that are not named end. */
  setFaults(faults: Partial<FakeFaults>): void;
}

type FirstAsk = Partial<AttachAsk> & { subnetId: string; isPrimary?: boolean };

interface Held<T> {
  value: T;
  shownAt: number;
  hiddenAt?: number;
}

/** A cloud that works: its states, limits, delays and faults are OCI's, as far as they are documented. */
export function createFakeCloud(options: FakeCloudOptions): FakeCloud {
  const { clock, limits = {} } = options;
  const times = { ...fakeTimes, ...options.times };
  let faults = { ...noFaults, ...options.faults };
  const random = seededRandom(options.seed ?? 1);
  const vnics = new Map<string, Held<Vnic & { instanceId: string }>>();
  const assignments = new Map<string, Held<Assignment>>();
  const subnets = new Map<
    string,
    { space: FakeSpace; cidrs: readonly string[]; updatingUntil: number }
  >(
    options.subnets.map(({ id, cidrs }) => [
      id,
      { space: createSpace(cidrs), cidrs, updatingUntil: 0 },
    ]),
  );
  const tokens = createLedger();
  const counts: Record<string, number> = {};
  let sequence = 0;
  let away = false;
  let forbidden: readonly string[] = [];

  const between = ([least, most]: Span): number => least + random() * (most - least);
  const later = (span: Span, act: () => void): void => {
    void clock.sleep(between(span)).then(act);
  };
  const lag = (): number => clock.now() + between(times.listLag);
  const shown = <T>(held: Iterable<Held<T>>): T[] =>
    [...held]
      .filter(
        ({ shownAt, hiddenAt = Number.POSITIVE_INFINITY }) =>
          shownAt <= clock.now() && clock.now() < hiddenAt,
      )
      .map(({ value }) => structuredClone(value));
  const living = <T>(held: Iterable<Held<T>>): T[] =>
    [...held]
      .filter(({ hiddenAt }) => hiddenAt === undefined)
      .map(({ value }) => structuredClone(value));

  /** A call: its delay, what goes wrong by itself, and its effect. */
  async function call<T>(
    operation: string,
    span: Span,
    signal: AbortSignal | undefined,
    effect: () => T | Promise<T>,
  ): Promise<T> {
    count(operation);
    await clock.sleep(between(span) / 2, signal);
    if (away) throw new FakeError(operation, 0, 'NoAnswer', true);
    if (forbidden.includes(operation))
      throw new FakeError(operation, 404, 'NotAuthorizedOrNotFound');
    const writes = !/^(Get|List)/.test(operation);
    if (random() < faults.throttled) throw new FakeError(operation, 429, 'TooManyRequests');
    if (random() < faults.serverError)
      throw new FakeError(operation, 500, 'InternalServerError', true);
    if (writes && random() < faults.conflict) throw new FakeError(operation, 409, 'IncorrectState');
    const result = await effect();
    const lost = writes && random() < faults.lost;
    await clock.sleep(between(span) / 2, signal);
    if (lost) throw new FakeError(operation, 0, 'NoAnswer', true);
    return result;
  }

  function count(operation: string, times = 1): void {
    counts[operation] = (counts[operation] ?? 0) + times;
  }

  function subnetOf(operation: string, id: string) {
    const subnet = subnets.get(id);
    if (subnet === undefined) throw new FakeError(operation, 404, 'NotAuthorizedOrNotFound');
    return subnet;
  }

  /** The subnet, if addresses of it may be created and deleted now. */
  function steady(operation: string, id: string) {
    const subnet = subnetOf(operation, id);
    if (clock.now() < subnet.updatingUntil) throw new FakeError(operation, 409, 'IncorrectState');
    return subnet;
  }

  function vnicOf(operation: string, id: string): Vnic & { instanceId: string } {
    const held = [...vnics.values()].find(({ value }) => value.id === id);
    if (held === undefined || held.hiddenAt !== undefined)
      throw new FakeError(operation, 404, 'NotAuthorizedOrNotFound');
    if (held.value.lifecycle !== 'attached') throw new FakeError(operation, 409, 'IncorrectState');
    return held.value;
  }

  function createVnic(operation: string, instanceId: string, ask: FirstAsk): Vnic {
    const { space } = steady(operation, ask.subnetId);
    const present = [...vnics.values()].filter(
      ({ value, hiddenAt }) => value.instanceId === instanceId && hiddenAt === undefined,
    );
    if (present.length >= (limits.vnics ?? 24))
      throw new FakeError(operation, 400, 'LimitExceeded');
    const n = ++sequence;
    const inet = space.take(operation, 'inet').cidr.replace('/32', '');
    const inet6 = ask.assignIpv6
      ? { inet6: space.take(operation, 'inet6').cidr.replace('/128', '') }
      : {};
    const vnic = {
      attachmentId: `ocid1.vnicattachment.${n}`,
      displayName: ask.displayName ?? `vnic${n}`,
      subnetId: ask.subnetId,
      isPrimary: ask.isPrimary ?? false,
      lifecycle: 'attaching' as const,
      addresses: { inet, ...inet6 },
      nsgIds: [...(ask.nsgIds ?? [])],
      skipSourceDestCheck: ask.skipSourceDestCheck ?? false,
      tags: {},
      ...(ask.nicIndex === undefined ? {} : { nicIndex: ask.nicIndex }),
      instanceId,
    };
    vnics.set(vnic.attachmentId, { value: vnic, shownAt: lag() });
    const exist = (): void => {
      Object.assign(vnic, {
        id: `ocid1.vnic.${n}`,
        mac: `02:00:17:00:${hex(n >> 8)}:${hex(n & 255)}`,
        tags: { ...ask.tags },
      });
    };
    const up = (): void => {
      exist();
      Object.assign(vnic, { lifecycle: 'attached' });
    };
    if (vnic.isPrimary) up();
    else {
      later(times.provisioned, exist);
      later(times.attached, up);
    }
    return structuredClone(vnic);
  }

  function createAssignment(
    operation: string,
    vnicId: string,
    family: 'inet' | 'inet6',
    tags: Readonly<Record<string, string>>,
    length?: number,
  ): Assignment {
    const vnic = vnicOf(operation, vnicId);
    const subnet = steady(operation, vnic.subnetId);
    const present = living(assignments.values()).filter(
      (other) => other.vnicId === vnicId && other.family === family,
    );
    if (present.length >= (limits.objectsPerVnic ?? 31))
      throw new FakeError(operation, 400, 'LimitExceeded');
    const { cidr, updates } = subnet.space.take(operation, family, length);
    if (updates) subnet.updatingUntil = clock.now() + between(times.subnetUpdating);
    const kind = family === 'inet' ? 'privateip' : 'ipv6';
    const assignment: Assignment = {
      id: `ocid1.${kind}.${++sequence}`,
      vnicId,
      family,
      cidr,
      lifecycle: family === 'inet' ? 'available' : 'provisioning',
      tags: { ...tags },
    };
    if (family === 'inet6')
      later(times.ipv6Provisioned, () => {
        assignment.lifecycle = 'available';
      });
    assignments.set(assignment.id, { value: assignment, shownAt: lag() });
    return structuredClone(assignment);
  }

  function removeAssignment(held: Held<Assignment>): void {
    const vnic = [...vnics.values()].find(({ value }) => value.id === held.value.vnicId)?.value;
    if (vnic) subnets.get(vnic.subnetId)?.space.give(held.value.cidr);
    held.hiddenAt = lag();
  }

  function removeVnic(held: Held<Vnic & { instanceId: string }>): void {
    const vnic = held.value;
    vnic.lifecycle = 'detaching';
    later(times.detached, () => {
      vnic.lifecycle = 'detached';
      held.hiddenAt = clock.now();
      for (const other of assignments.values())
        if (other.value.vnicId === vnic.id && other.hiddenAt === undefined) removeAssignment(other);
      const { inet } = vnic.addresses;
      if (inet) subnets.get(vnic.subnetId)?.space.give(`${inet}/32`);
    });
  }

  const apiOf = (instanceId: string): VnicApi => ({
    listVnics: (asked) =>
      call('ListVnicAttachments', times.read, asked?.signal, async () => {
        const listed = shown(vnics.values()).filter((vnic) => vnic.instanceId === instanceId);
        count('GetVnic', listed.filter(({ id }) => id !== undefined).length);
        await clock.sleep(between(times.read), asked?.signal);
        return listed.map(({ instanceId: _, ...vnic }) => vnic);
      }),
    listAssignments: (vnicId, asked) =>
      call('ListPrivateIps', times.read, asked?.signal, () => {
        count('ListIpv6s');
        return shown(assignments.values()).filter((assignment) => assignment.vnicId === vnicId);
      }),
    getSubnet: (id, asked) =>
      call('GetSubnet', times.read, asked?.signal, (): Subnet => {
        const { cidrs, updatingUntil, space } = subnetOf('GetSubnet', id);
        const lifecycle = clock.now() < updatingUntil ? 'updating' : 'available';
        return { id, cidrs: [...cidrs], virtualRouter: {}, lifecycle, freeAddresses: space.free() };
      }),
    attachVnic: (ask, asked) =>
      call('AttachVnic', times.write, asked.signal, () =>
        tokens.once(
          'AttachVnic',
          asked.retryToken,
          () => createVnic('AttachVnic', instanceId, ask),
          (vnic) => vnics.get(vnic.attachmentId)?.hiddenAt === undefined,
        ),
      ),
    detachVnic: (attachmentId, asked) =>
      call('DetachVnic', times.write, asked?.signal, () => {
        const held = vnics.get(attachmentId);
        if (held === undefined || held.hiddenAt !== undefined) return;
        if (held.value.isPrimary || held.value.instanceId !== instanceId)
          throw new FakeError('DetachVnic', 400, 'InvalidParameter');
        steady('DetachVnic', held.value.subnetId);
        if (held.value.lifecycle === 'attaching')
          throw new FakeError('DetachVnic', 409, 'IncorrectState');
        if (held.value.lifecycle === 'attached') removeVnic(held);
      }),
    updateVnic: (vnicId, { nsgIds, skipSourceDestCheck }, asked) =>
      call('UpdateVnic', times.write, asked?.signal, () => {
        const vnic = vnicOf('UpdateVnic', vnicId);
        if (nsgIds) vnic.nsgIds = [...nsgIds];
        if (skipSourceDestCheck !== undefined) vnic.skipSourceDestCheck = skipSourceDestCheck;
      }),
    assign({ vnicId, family, cidrPrefixLength, tags }, { retryToken, signal }) {
      const operation = family === 'inet' ? 'CreatePrivateIp' : 'CreateIpv6';
      const make = (): Assignment =>
        createAssignment(operation, vnicId, family, tags, cidrPrefixLength);
      return call(operation, times.write, signal, () =>
        tokens.once(operation, retryToken, make, isLiving),
      );
    },
    assignMany({ vnicId, family, count: wanted, tags }, { retryToken, signal }) {
      const operation = family === 'inet' ? 'BulkCreatePrivateIps' : 'BulkCreateIpv6s';
      const make = async (): Promise<Assignment[]> => {
        vnicOf(operation, vnicId);
        await clock.sleep(between(times.bulk));
        const made: Assignment[] = [];
        for (let n = 0; n < wanted; n++) {
          await clock.sleep(between(times.bulkItem));
          count('GetWorkRequest', n % 20 === 0 ? 1 : 0);
          try {
            made.push(createAssignment(operation, vnicId, family, tags));
          } catch (error) {
            if (made.length === 0) throw error;
            break;
          }
        }
        return made;
      };
      return call(operation, times.write, signal, () =>
        tokens.once(operation, retryToken, make, (made) => made.every(isLiving)),
      );
    },
    release: ({ id, family }, asked) =>
      call(family === 'inet' ? 'DeletePrivateIp' : 'DeleteIpv6', times.write, asked?.signal, () => {
        const held = assignments.get(id);
        if (held === undefined || held.hiddenAt !== undefined) return;
        const vnic = [...vnics.values()].find(({ value }) => value.id === held.value.vnicId)?.value;
        if (vnic) steady('DeletePrivateIp', vnic.subnetId);
        removeAssignment(held);
      }),
  });

  function isLiving({ id }: Assignment): boolean {
    return assignments.get(id)?.hiddenAt === undefined;
  }

  return {
    api(instanceId) {
      const first = options.subnets[0]?.id ?? '';
      if (![...vnics.values()].some(({ value }) => value.instanceId === instanceId))
        createVnic('LaunchInstance', instanceId, {
          subnetId: first,
          isPrimary: true,
          displayName: 'primary',
        });
      return apiOf(instanceId);
    },
    books: {
      vnics: (instanceId) =>
        living(vnics.values()).filter((vnic) => vnic.instanceId === instanceId),
      assignments: () => living(assignments.values()),
    },
    calls: () => ({ ...counts }),
    meddle: {
      detach(vnicId) {
        const held = [...vnics.values()].find(({ value }) => value.id === vnicId);
        if (held) removeVnic(held);
      },
      assign: (vnicId, tags) => createAssignment('CreatePrivateIp', vnicId, 'inet', tags),
      attach: (instanceId, subnetId, tags) =>
        createVnic('AttachVnic', instanceId, { subnetId, tags, displayName: 'of somebody' }),
    },
    setForbidden(operations) {
      forbidden = operations;
    },
    setFaults(value) {
      faults = { ...noFaults, ...value };
    },
    setAway(value) {
      away = value;
    },
  };
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}
