import type { PluginHarness } from '../../plugin-harness.ts';
import { attach } from './attach.ts';
import { detach } from './detach.ts';

/** ADD and DEL of one container: what all attachments share is there afterwards, and no later residue. */
export async function warmUp(on: PluginHarness): Promise<void> {
  const container = await on.container();
  await detach(on, container, await attach(on, container));
}
