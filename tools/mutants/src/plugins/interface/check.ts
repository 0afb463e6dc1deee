import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import { type ActualState, canonicalNetwork } from '@vcn-cni/netlink';
import { delegate } from '../delegate.ts';
import { openContainer, openHostOf } from '../namespace.ts';
import { readTable } from '../nft.ts';
import type { World } from '../plugin.ts';
import { ipamType } from './addition.ts';
import { type Attachment, hostCidr, namesOf, openAttachments } from './attachment.ts';
import { hostRoute } from './operations.ts';

/** CHECK: that all is as prevResult lists it, and what it does not list as ADD made it. */
export async function checkInterface(world: World, invocation: Invocation): Promise<void> {
  const { config, netns } = invocation;
  const { prevResult } = config;
  if (!prevResult) {
    throw new CniError(
      ErrorCode.InvalidNetworkConfig,
      'prevResult is missing',
      'CHECK needs the result of ADD',
    );
  }
  const ipam = ipamType(config);
  if (ipam !== undefined) await delegate(world, invocation, ipam, 'CHECK');
  const attachment = await openAttachments(world.caller.root, config.name).read(invocation);
  if (!attachment)
    throw new CniError(ErrorCode.NotAttached, 'the attachment is not known: call ADD first');
  const container = openContainer(world, netns);
  const host = openHostOf(world);
  try {
    const names = namesOf(config.name, invocation);
    const wrong = [
      ...wrongInContainer(await container.snapshot(), prevResult, invocation),
      ...wrongInHost(
        await host.snapshot({ links: [names.link] }),
        prevResult,
        names.link,
        attachment,
      ),
      ...(attachment.masqueraded
        ? wrongTable(await readTable(world, names.table), attachment)
        : []),
    ];
    if (wrong.length > 0) {
      throw new CniError(
        ErrorCode.StateDiffers,
        'the interface is not as it was made',
        wrong.join('; '),
      );
    }
  } finally {
    container.close();
    host.close();
  }
}

function wrongInContainer(
  { links, addresses, routes }: ActualState,
  prevResult: Result,
  { netns, ifname }: Invocation,
): string[] {
  const interfaces = prevResult.interfaces ?? [];
  const own = interfaces.filter(({ sandbox }) => sandbox === netns);
  if (!own.some(({ name }) => name === ifname)) return [`prevResult does not list ${ifname}`];
  const wrong = own.flatMap((wanted) => wrongLink(links, wanted));
  for (const { address, interface: at } of prevResult.ips ?? []) {
    const on = at === undefined ? ifname : interfaces[at]?.name;
    if (at !== undefined && interfaces[at]?.sandbox !== netns) continue;
    if (!addresses.some((each) => each.link === on && each.address === address))
      wrong.push(`${on} lacks ${address}`);
  }
  const names = own.map(({ name }) => name);
  for (const { dst, gw, table = 254 } of prevResult.routes ?? []) {
    const destination = canonicalNetwork(dst);
    const family = dst.includes(':') ? 'inet6' : 'inet';
    const gateways = (prevResult.ips ?? []).map(({ gateway }) => gateway);
    const there = routes.some(
      (route) =>
        route.destination === destination &&
        route.family === family &&
        (route.table ?? 254) === table &&
        names.includes(route.link ?? '') &&
        (gw === undefined
          ? route.gateway === undefined || gateways.includes(route.gateway)
          : route.gateway === gw),
    );
    if (!there) wrong.push(`no route to ${dst}${gw === undefined ? '' : ` via ${gw}`}`);
  }
  return wrong;
}

function wrongInHost(
  { links, addresses, routes }: ActualState,
  { interfaces = [] }: Result,
  name: string,
  attachment: Attachment,
): string[] {
  const listed = interfaces.find((each) => each.name === name && !each.sandbox);
  return [
    ...wrongLink(links, listed ?? { name }),
    ...attachment.gateways
      .filter((each) => !addresses.some(({ address }) => address === hostCidr(each)))
      .map((each) => `${name} lacks ${each}`),
    ...attachment.addresses
      .map((each) => hostRoute(name, each))
      .filter((each) => !routes.some(({ destination }) => destination === each.destination))
      .map(({ destination }) => `the host has no route to ${destination}`),
  ];
}

function wrongLink(
  links: ActualState['links'],
  { name, mac, mtu }: { name: string; mac?: string; mtu?: number },
): string[] {
  const link = links.find((each) => each.name === name);
  if (!link) return [`${name} is gone`];
  return [
    ...(link.up ? [] : [`${name} is down`]),
    ...(mac && link.mac !== mac.toLowerCase() ? [`${name} has MAC ${link.mac}, not ${mac}`] : []),
    ...(mtu && link.mtu !== mtu ? [`${name} has MTU ${link.mtu}, not ${mtu}`] : []),
  ];
}

const wrongTable = (text: string, { addresses }: Attachment): string[] =>
  addresses
    .map((address) => address.split('/')[0]!)
    .filter((own) => !new RegExp(`saddr ${own} .* masquerade`).test(text))
    .map((own) => `what leaves from ${own} is not masqueraded`);
