import type { Invocation } from '@vcn-cni/cni-spec';
import { delegate } from '../delegate.ts';
import { openHostOf } from '../namespace.ts';
import { removeTable } from '../nft.ts';
import type { World } from '../plugin.ts';
import type { Key } from '../records.ts';
import { doAll } from '../undo.ts';
import { ipamType } from './addition.ts';
import { namesOf, openAttachments } from './attachment.ts';

/** DEL: needs neither the container nor what ADD answered; what is not there is not missed. */
export async function deleteInterface(world: World, invocation: Invocation): Promise<void> {
  const ipam = ipamType(invocation.config);
  await doAll([
    ...(ipam === undefined || world.is('del-skips-delegate')
      ? []
      : [async () => void (await delegate(world, invocation, ipam, 'DEL'))]),
    () => removeFromHost(world, invocation.config.name, invocation),
  ]);
}

/** All that ADD made for an attachment, its addresses excepted. */
export async function removeFromHost(world: World, network: string, key: Key): Promise<void> {
  const { link, table } = namesOf(network, key);
  const host = openHostOf(world);
  try {
    await doAll([
      async () => {
        await world.step();
        if (world.is('del-leaves-link')) return;
        await host.apply([{ op: 'link.delete', name: link }]);
      },
      async () => {
        await world.step();
        if (world.is('del-leaves-masquerade')) return;
        await removeTable(world, table);
      },
      () => openAttachments(world.caller.root, network).remove(key),
    ]);
  } finally {
    host.close();
  }
}
