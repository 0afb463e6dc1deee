import type { Assignment, CallOptions } from '../model.ts';
import type { OciClient } from './client.ts';
import { OciError } from './oci-error.ts';
import { readAttachments, type Scope } from './read-vnics.ts';

/**
 * Gives an address or a block back. 404 is the answer for what is gone, and for what one may not delete: it counts as
 * done only if no VNIC of the instance holds the address any more.
 */
export async function release(
  client: OciClient,
  scope: Scope,
  assignment: Pick<Assignment, 'id' | 'family'>,
  options: CallOptions,
): Promise<void> {
  const calls = assignment.family === 'inet' ? client.privateIps : client.ipv6s;
  try {
    await calls.delete(assignment.id, options);
  } catch (error) {
    if (!OciError.is(error) || !(error.inDoubt || error.status === 404)) throw error;
    const held = await isHeld(client, scope, assignment, options).catch(() => true);
    if (held) throw error;
  }
}

async function isHeld(
  client: OciClient,
  scope: Scope,
  { id, family }: Pick<Assignment, 'id' | 'family'>,
  options: CallOptions,
): Promise<boolean> {
  const attachments = await readAttachments(client, scope, options);
  for (const { vnicId, lifecycleState } of attachments) {
    // What is being detached loses its addresses with it.
    if (vnicId === undefined || lifecycleState === 'DETACHING') continue;
    if (family === 'inet') {
      const found = await client.privateIps.list({ vnicId }, options);
      if (found.some((ip) => ip.id === id)) return true;
    } else {
      const found = await client.ipv6s.list({ vnicId }, options);
      const ip = found.find((one) => one.id === id);
      if (ip !== undefined && !ip.lifecycleState.startsWith('TERMINAT')) return true;
    }
  }
  return false;
}
