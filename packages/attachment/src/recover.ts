import type { AttachmentKey } from '@vcn-cni/ipam';
import type { ActualState } from '@vcn-cni/netlink';
import { parseAlias } from '@vcn-cni/pod-network';
import type { Scene } from './deps.ts';
import { rebuildRecord } from './rebuild-record.ts';
import type { AttachmentRecord } from './record.ts';
import { release } from './release.ts';

/** What the start found and did. */
export interface RecoveryReport {
  attached: number;
  /** Intents of a crash, removed: the runtime saw those ADDs fail. */
  undone: AttachmentKey[];
  /** Taken over from link aliases and routes, since the store had lost them. */
  rebuilt: AttachmentKey[];
}

/** Brings memory, store and kernel together before the first verb is served. */
export async function recover(scene: Scene): Promise<RecoveryReport> {
  const { store, pool, registry, kernel, settings } = scene;
  const records = store.records() as AttachmentRecord[];
  registry.load(records);
  pool.restore(
    records.map(({ lease }) => lease),
    store.cooling(),
  );
  const undone = records.filter(({ phase }) => phase === 'intent');
  for (const record of undone) await release(scene, record);

  const actual = await kernel.host.snapshot({
    tables: [settings.host.tables.pods],
    ruleProtocol: false,
  });
  const unrecorded = actual.links.filter(({ alias }) => {
    const key = parseAlias(alias);
    return key && !registry.get(key);
  });
  const rebuilt = rebuild(scene, { ...actual, links: unrecorded });
  // A store that was lost stays suspect for a whole cooldown, whatever restarts meanwhile.
  if (store.quarantinedAt !== undefined || rebuilt.length > 0) pool.quarantine(store.quarantinedAt);
  scene.health.started = true;
  return {
    attached: registry.all().length,
    undone: undone.map(({ key }) => key),
    rebuilt,
  };
}

function rebuild(scene: Scene, actual: ActualState): AttachmentKey[] {
  const { registry, pool, log } = scene;
  return actual.links.flatMap((link) => {
    const record = rebuildRecord(link, actual, scene);
    if (!record) return [];
    try {
      pool.restore([record.lease], []);
    } catch (error) {
      // A store that was put back to an older moment says otherwise: its word, and no crash loop.
      log.warn({ ...record.key, error: String(error) }, 'an attachment was not taken over');
      return [];
    }
    registry.intend(record);
    registry.attached(record);
    return [record.key];
  });
}
