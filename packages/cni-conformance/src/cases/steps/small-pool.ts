import type { JsonObject } from '../../evidence.ts';
import { Skip } from '../../judge/skip.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { several } from './several.ts';

/** A pool that so many ADDs use up. */
export interface SmallPool {
  readonly config: JsonObject;
  readonly attachments: number;
}

/**
 * By the hints; with host-local a network of four addresses, of which one is for containers. Throws Skip where
 * nobody knows how.
 */
export function smallPool({ hints, config }: Pick<PluginHarness, 'hints' | 'config'>): SmallPool {
  several({ hints }, 2);
  if (hints.exhaust) {
    return { config: hints.exhaust.config ?? {}, attachments: hints.exhaust.attachments };
  }
  const ipam = config['ipam'] as JsonObject | undefined;
  if (ipam?.['type'] !== 'host-local') {
    throw new Skip('how the addresses are used up is not in the hints, under exhaust');
  }
  const { dataDir } = ipam;
  const small = {
    type: 'host-local',
    ...(dataDir !== undefined && { dataDir }),
    ranges: [[{ subnet: '198.18.9.0/30' }]],
  };
  return { config: { ipam: small }, attachments: 1 };
}
