import type { CloudView } from './cloud-view.ts';
import type { Holds } from './holds.ts';
import { asFailure } from './judge-failure.ts';
import type { Vnic, VnicApi } from './model.ts';
import { ownsVnic } from './ownership.ts';

export interface Observing {
  instanceId: string;
  api: VnicApi;
  view: CloudView;
  holds: Holds;
  /** Subnets that are wanted. */
  subnets: readonly string[];
  signal: AbortSignal;
}

/**
 * Reads the VNICs; `all`: and everything of ours on them, and the subnets. Else only what is on VNICs that have come
 * since or get addresses, and the subnets that were not available. Rejects with the ApiFailure.
 */
export async function observeCloud(using: Observing, all: boolean): Promise<void> {
  const { api, view, instanceId, signal } = using;
  const before = new Set(
    view
      .vnics()
      .filter(isUp)
      .map(({ id }) => id),
  );
  const vnics = await api.listVnics({ signal });
  view.listVnics(vnics);
  const ours = view.vnics().filter((vnic) => isUp(vnic) && ownsVnic(vnic, instanceId));
  const changing = new Set(
    view
      .assignments()
      .filter(({ lifecycle }) => lifecycle === 'provisioning')
      .map(({ vnicId }) => vnicId),
  );
  const known = new Map(view.subnets().map((subnet) => [subnet.id, subnet]));
  const stale = using.subnets.filter((id) => all || known.get(id)?.lifecycle !== 'available');
  await Promise.all([
    ...ours
      .filter(({ id }) => all || !before.has(id) || changing.has(id ?? ''))
      .map(({ id = '' }) => readAssignments(id, using)),
    ...stale.map((id) => readSubnet(id, using)),
  ]);
}

async function readAssignments(vnicId: string, { api, view, signal }: Observing): Promise<void> {
  view.listAssignments(vnicId, await api.listAssignments(vnicId, { signal }));
}

/** A subnet that may not be read is taken to be available: what is done in it tells whether it is. */
async function readSubnet(id: string, { api, view, holds, signal }: Observing): Promise<void> {
  if (holds.active().some(({ subject }) => subject === 'GetSubnet')) return;
  try {
    view.putSubnet(await api.getSubnet(id, { signal }));
    holds.clear('GetSubnet');
  } catch (error) {
    if (asFailure(error).status !== 404) throw error;
    holds.add(error, 'GetSubnet');
  }
}

function isUp({ id, lifecycle }: Vnic): boolean {
  return id !== undefined && lifecycle === 'attached';
}
