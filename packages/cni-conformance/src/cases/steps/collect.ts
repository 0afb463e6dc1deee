import { releasedAttachmentsKey, validAttachmentsKey } from '@vcn-cni/cni-spec';
import type { Call, CallChange, Container, PluginHarness } from '../../plugin-harness.ts';

/** GC with the attachments to keep, under the key of the text and under that of the release, as runtimes send it. */
export function collect(
  on: PluginHarness,
  valid: readonly Container[] | null,
  change: CallChange = {},
): Promise<Call> {
  const listed = valid?.map(({ id, ifname }) => ({ containerID: id, ifname })) ?? null;
  const lists = { [validAttachmentsKey]: listed, [releasedAttachmentsKey]: listed };
  return on.call('GC', undefined, { ...change, config: { ...lists, ...change.config } });
}
