import type { AttachmentKey } from '@vcn-cni/ipam';
import { type ActualState, emptyState } from '@vcn-cni/netlink';
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
  /** Links of ours that no record knows, removed. */
  orphans: string[];
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
  const stray = { ...emptyState(), ...actual, links: unrecorded };
  const lost = store.origin !== 'existing';
  const rebuilt = lost ? rebuild(scene, stray) : [];
  if (!lost) {
    await kernel.host.deleteLinks(unrecorded.map(({ index, alias }) => ({ index, alias: alias! })));
  }
  // A store that was lost stays suspect for a whole cooldown, whatever restarts meanwhile.
  if (store.quarantinedAt !== undefined || rebuilt.length > 0) pool.quarantine(store.quarantinedAt);
  scene.health.started = true;
  return {
    attached: registry.all().length,
    undone: undone.map(({ key }) => key),
    rebuilt,
    orphans: lost ? [] : unrecorded.map(({ name }) => name),
  };
}

function rebuild(scene: Scene, actual: ActualState): AttachmentKey[] {
  const { registry, pool } = scene;
  const records = actual.links.flatMap((link) => rebuildRecord(link, actual, scene) ?? []);
  pool.restore(
    records.map(({ lease }) => lease),
    [],
  );
  for (const record of records) {
    registry.intend(record);
    registry.attached(record);
  }
  return records.map(({ key }) => key);
}
