import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import type { ActualState } from '@vcn-cni/netlink';
import { openContainer } from '../namespace.ts';
import { readTable } from '../nft.ts';
import type { World } from '../plugin.ts';
import { expectNothing, type Wrong } from '../wrong.ts';
import { mtuOf, openAdjustments, previousResult, tableOf } from './adjustment.ts';
import { isSlow } from './speed.ts';

/** CHECK: that what ADD changed is still so; of the interface no more than its MTU. */
export async function checkAdjustment(world: World, invocation: Invocation): Promise<void> {
  const { config, netns } = invocation;
  const result = previousResult(config);
  const known = await openAdjustments(world.caller.root, config.name).read(invocation);
  if (!known)
    throw new CniError(ErrorCode.NotAttached, 'the attachment is not known: call ADD first');
  const container = openContainer(world, netns);
  try {
    const text = await readTable(world, tableOf(config.name, invocation));
    const slowed = known.slowed;
    const isFast = slowed !== undefined && !(await isSlow(world, slowed));
    expectNothing(world, 'the interface is not as it was adjusted', [
      ...wrongInContainer(await container.snapshot(), result, invocation),
      ...(isFast ? [{ kinds: ['queues'] as const, what: `${slowed} has lost its limit` }] : []),
      ...(result.ips ?? [])
        .map(({ address }) => address.split('/')[0]!)
        .filter(
          (own) => !text.includes(`saddr ${own} accept`) || !text.includes(`daddr ${own} accept`),
        )
        .map((own): Wrong => ({ kinds: ['rules'], what: `no rule lets ${own} through` })),
    ]);
  } finally {
    container.close();
  }
}

function wrongInContainer(
  { links }: ActualState,
  { interfaces = [] }: Result,
  { netns, ifname, config }: Invocation,
): Wrong[] {
  const listed = interfaces.find(({ name, sandbox }) => name === ifname && sandbox === netns);
  if (!listed) return [{ kinds: [], what: `prevResult does not list ${ifname}` }];
  const link = links.find(({ name }) => name === ifname);
  if (!link) return [{ kinds: ['link-absence'], what: `${ifname} is gone` }];
  const wanted = listed.mtu ?? mtuOf(config);
  return link.mtu === wanted
    ? []
    : [{ kinds: ['mtu'], what: `${ifname} has MTU ${link.mtu}, not ${wanted}` }];
}
