import type { Change, VnicFacts } from './facts.ts';
import { draw, type World } from './world.ts';

/** What the metadata service believes of an instance's VNICs: it may be behind. */
export interface MetadataView {
  /** The primary first, then in the order of creation. */
  vnics(instanceId: string): VnicFacts[];
  /** Lets it see nothing new, or again what there is. */
  freeze(instanceId: string, frozen: boolean): void;
}

export function createMetadataView(
  world: World,
  subscribe: (listener: (change: Change) => void) => void,
): MetadataView {
  const views = new Map<string, Map<string, VnicFacts>>();
  const frozen = new Map<string, (() => void)[]>();

  function viewOf(instanceId: string): Map<string, VnicFacts> {
    const view = views.get(instanceId) ?? new Map<string, VnicFacts>();
    views.set(instanceId, view);
    return view;
  }

  function learn(instanceId: string, update: () => void, lag: number): void {
    if (lag > 0) return void world.clock.after(lag, () => learn(instanceId, update, 0));
    const waiting = frozen.get(instanceId);
    if (waiting) waiting.push(update);
    else update();
  }

  subscribe((change) => {
    if (change.kind === 'instanceTerminated') views.delete(change.instance.id);
    if (change.kind !== 'vnicAttached' && change.kind !== 'vnicDetached') return;
    const { vnic, kind } = change;
    const update = () => {
      if (kind === 'vnicAttached') viewOf(vnic.instanceId).set(vnic.id, vnic);
      else viewOf(vnic.instanceId).delete(vnic.id);
    };
    learn(vnic.instanceId, update, vnic.isPrimary ? 0 : draw(world, world.profile.metadataLag));
  });

  return {
    vnics: (instanceId) => [...(views.get(instanceId)?.values() ?? [])],
    freeze(instanceId, isFrozen) {
      const waiting = frozen.get(instanceId) ?? [];
      frozen.delete(instanceId);
      if (isFrozen) frozen.set(instanceId, waiting);
      else for (const update of waiting) update();
    },
  };
}
