import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import type { ActualState } from '@vcn-cni/netlink';
import { openContainer } from '../namespace.ts';
import { readTable } from '../nft.ts';
import type { World } from '../plugin.ts';
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
    const wrong = [
      ...wrongInContainer(await container.snapshot(), result, invocation),
      ...(known.slowed === undefined || (await isSlow(world, known.slowed))
        ? []
        : [`${known.slowed} has lost its limit`]),
      ...(result.ips ?? [])
        .map(({ address }) => address.split('/')[0]!)
        .filter(
          (own) => !text.includes(`saddr ${own} accept`) || !text.includes(`daddr ${own} accept`),
        )
        .map((own) => `no rule lets ${own} through`),
    ];
    if (wrong.length > 0)
      throw new CniError(
        ErrorCode.StateDiffers,
        'the interface is not as it was adjusted',
        wrong.join('; '),
      );
  } finally {
    container.close();
  }
}

function wrongInContainer(
  { links }: ActualState,
  { interfaces = [] }: Result,
  { netns, ifname, config }: Invocation,
): string[] {
  const listed = interfaces.find(({ name, sandbox }) => name === ifname && sandbox === netns);
  if (!listed) return [`prevResult does not list ${ifname}`];
  const link = links.find(({ name }) => name === ifname);
  if (!link) return [`${ifname} is gone`];
  const wanted = listed.mtu ?? mtuOf(config);
  return link.mtu === wanted ? [] : [`${ifname} has MTU ${link.mtu}, not ${wanted}`];
}
