import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import { openContainer } from '../namespace.ts';
import { putTable, removeTable } from '../nft.ts';
import type { World } from '../plugin.ts';
import { undoing } from '../undo.ts';
import { acceptLines, mtuOf, openAdjustments, previousResult, tableOf } from './adjustment.ts';
import { slowDown, speedUp } from './speed.ts';

/** ADD: the interface gets another MTU, its host end a limit, and the host a rule. */
export async function adjust(world: World, invocation: Invocation): Promise<Result> {
  const { config, ifname, netns } = invocation;
  const result = previousResult(config);
  const container = openContainer(world, netns);
  try {
    const { links } = await container.snapshot({ links: [ifname] });
    const [link] = links;
    if (!link) {
      throw new CniError(
        ErrorCode.NamespaceUnusable,
        `the container has no interface ${ifname}`,
        'this plugin changes one that another made',
      );
    }
    const records = openAdjustments(world.caller.root, config.name);
    const table = tableOf(config.name, invocation);
    const slowed = result.interfaces?.find(({ sandbox }) => !sandbox)?.name;
    const mtu = mtuOf(config);
    return await undoing(world, async (undo) => {
      await world.step();
      const known = await records.read(invocation);
      if (!known) undo(() => records.remove(invocation));
      await records.write(invocation, known ?? { mtu: link.mtu, ...(slowed && { slowed }) });
      await world.step();
      undo(() => removeTable(world, table));
      await putTable(world, table, acceptLines(result));
      if (slowed) {
        await world.step();
        undo(() => speedUp(world, slowed));
        await slowDown(world, slowed);
      }
      await world.step();
      undo(() => setMtu(link.mtu));
      await setMtu(mtu);
      return {
        ...result,
        interfaces: (result.interfaces ?? []).map((each) =>
          each.name === ifname && each.sandbox === netns ? { ...each, mtu } : each,
        ),
      };
    });
    async function setMtu(value: number): Promise<void> {
      await container.apply([{ op: 'link.set', link: { name: ifname, mtu: value } }]);
    }
  } finally {
    container.close();
  }
}
