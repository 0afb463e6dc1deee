import { Skip } from '../../judge/skip.ts';
import type { PluginHarness } from '../../plugin-harness.ts';

/** How many attachments a case may have at once, of those that it would like. Throws Skip where two are too many. */
export function several({ hints }: Pick<PluginHarness, 'hints'>, wanted: number): number {
  if (hints.maxAttachments < 2) {
    throw new Skip('the hints say maxAttachments 1: there cannot be two attachments at once');
  }
  return Math.min(wanted, hints.maxAttachments);
}
