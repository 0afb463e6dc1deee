import type { Invocation } from '@vcn-cni/cni-spec';
import { openContainer } from '../namespace.ts';
import { removeTable } from '../nft.ts';
import type { Plugin, World } from '../plugin.ts';
import { isListed } from '../same-key.ts';
import { doAll } from '../undo.ts';
import { adjust } from './addition.ts';
import { openAdjustments, tableOf } from './adjustment.ts';
import { checkAdjustment } from './check.ts';
import { speedUp } from './speed.ts';

/** Changes an interface that another plugin made, as tuning, bandwidth and firewall do. */
export const referenceChained: Plugin = (world) => ({
  add: (invocation) => adjust(world, invocation),
  del: (invocation) => restore(world, invocation, invocation.netns),
  check: (invocation) => checkAdjustment(world, invocation),
  async gc(invocation) {
    const { config } = invocation;
    const known = await openAdjustments(world.caller.root, config.name).list();
    const stale = known.filter((key) => !isListed(key, config));
    await doAll(stale.map((key) => () => restore(world, { config, ...key }, '')));
  },
  status: async () => {},
});

/** Undoes an ADD. Its container may be gone, and the interface too; without a record there is only the rule. */
async function restore(
  world: World,
  { config, ...key }: Pick<Invocation, 'config' | 'containerId' | 'ifname'>,
  netns: string,
): Promise<void> {
  const records = openAdjustments(world.caller.root, config.name);
  const known = await records.read(key);
  const slowed = known?.slowed;
  await doAll([
    async () => {
      if (netns === '' || !known) return;
      await world.step();
      await setMtu(world, netns, key.ifname, known.mtu);
    },
    async () => {
      if (slowed === undefined) return;
      await world.step();
      await speedUp(world, slowed);
    },
    async () => {
      await world.step();
      await removeTable(world, tableOf(config.name, key));
    },
    () => records.remove(key),
  ]);
}

async function setMtu(world: World, netns: string, name: string, mtu: number): Promise<void> {
  try {
    const container = openContainer(world, netns);
    try {
      await container.apply([{ op: 'link.set', link: { name, mtu } }]);
    } finally {
      container.close();
    }
  } catch {
    // What is gone has no MTU.
  }
}
