import { Skip } from '../../../judge/skip.ts';
import type { ProbeCall, RuntimeAttachment, RuntimeHarness } from '../../../runtime-harness.ts';
import { operate } from './operate.ts';

/** Another interface for the same container. Throws Skip where the runtime takes no name for it. */
export async function secondInterface(
  on: RuntimeHarness,
  { network, id, netns }: RuntimeAttachment,
): Promise<RuntimeAttachment> {
  if (!on.takes.ifname) throw new Skip('the runtime chooses the name of the interface itself');
  return on.attachment(network, { id, netns, ifname: 'eth1' });
}

/** Adds it. Throws Skip for a runtime that gives a container all its interfaces at once. */
export async function addSecond(
  on: RuntimeHarness,
  second: RuntimeAttachment,
): Promise<readonly ProbeCall[]> {
  const { done, calls } = await operate(on, 'add', second);
  if (done.exitCode !== 0 && !calls.some(({ verb }) => verb === 'ADD'))
    throw new Skip('the runtime adds no second interface to a container that is there');
  return calls;
}
