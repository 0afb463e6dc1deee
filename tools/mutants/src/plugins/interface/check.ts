import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import type { ActualState } from '@vcn-cni/netlink';
import { delegate } from '../delegate.ts';
import { openContainer, openHostOf } from '../namespace.ts';
import { readTable } from '../nft.ts';
import type { World } from '../plugin.ts';
import { expectNothing, type Wrong } from '../wrong.ts';
import { ipamType } from './addition.ts';
import { namesOf, openAttachments } from './attachment.ts';
import { wrongInContainer } from './wrong-in-container.ts';
import { wrongInHost, wrongTable } from './wrong-in-host.ts';

/** CHECK: that all is as prevResult lists it, and what it does not list as ADD made it. */
export async function checkInterface(world: World, invocation: Invocation): Promise<void> {
  const { config, netns } = invocation;
  const prevResult = config.prevResult && asRead(world, config.prevResult, invocation);
  if (!prevResult) {
    throw new CniError(
      ErrorCode.InvalidNetworkConfig,
      'prevResult is missing',
      'CHECK needs the result of ADD',
    );
  }
  await checkDelegate(world, invocation);
  const attachment = await openAttachments(world.caller.root, config.name).read(invocation);
  if (!attachment)
    throw new CniError(ErrorCode.NotAttached, 'the attachment is not known: call ADD first');
  const container = openContainer(world, netns);
  const host = openHostOf(world);
  try {
    const { link, table } = namesOf(config.name, invocation);
    const inside = await container.snapshot();
    const outside = await host.snapshot({ links: [link] });
    const found = [
      ...wrongInContainer(inside, prevResult, invocation),
      ...wrongInHost(outside, prevResult, link, attachment),
      ...(attachment.masqueraded ? wrongTable(await readTable(world, table), attachment) : []),
    ];
    if (overlooks(world, found, { inside, outside }, prevResult)) return;
    expectNothing(world, 'the interface is not as it was made', found);
  } finally {
    container.close();
    host.close();
  }
}

/** An interface is what prevResult lists, but for one mutant, which takes CNI_IFNAME. */
function asRead(world: World, result: Result, { netns, ifname: name }: Invocation): Result {
  if (!world.is('check-ignores-listed-interface') || !result.interfaces) return result;
  const interfaces = result.interfaces.map((each) =>
    each.sandbox === netns ? { ...each, name } : each,
  );
  return { ...result, interfaces };
}

async function checkDelegate(world: World, invocation: Invocation): Promise<void> {
  const ipam = ipamType(invocation.config);
  if (ipam === undefined || world.is('check-skips-delegate')) return;
  // The reference plugin for addresses would see it.
  if (world.is('check-ignores-listed-address')) return;
  const asked = world.is('check-delegate-without-prevresult')
    ? delegate(world, invocation, ipam, 'CHECK', withoutPrevious(world))
    : delegate(world, invocation, ipam, 'CHECK');
  await (world.is('check-ignores-delegate-failure') ? asked.catch(() => {}) : asked);
}

const withoutPrevious = ({ caller }: World): string =>
  String(caller.stdin).replace('"prevResult"', '"previousResult"');

/** With a link all goes that is on it: who does not look for it looks for nothing then. */
function overlooks(
  world: World,
  found: readonly Wrong[],
  { inside, outside: { links } }: { inside: ActualState; outside: ActualState },
  { ips = [] }: Result,
): boolean {
  const gone = found.some(({ kinds }) => kinds.includes('link-absence'));
  const down = found.some(({ kinds }) => kinds.includes('link-down'));
  return (
    (gone && world.is('check-ignores-link-absence')) ||
    (gone &&
      inside.addresses.some(({ address }) => address === ips[0]?.address) &&
      world.is('check-finds-link-by-address')) ||
    (gone && links.length > 0 && world.is('check-ignores-link-moved')) ||
    (down && (world.is('check-ignores-link-down') || world.is('check-ignores-host-link-down')))
  );
}
