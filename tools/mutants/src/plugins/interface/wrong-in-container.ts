import type { Invocation, Result } from '@vcn-cni/cni-spec';
import { type ActualState, canonicalNetwork } from '@vcn-cni/netlink';
import type { Wrong } from '../wrong.ts';
import { familyOf } from './attachment.ts';
import { wrongLink } from './wrong-link.ts';

/** How a container differs from prevResult; there may be more than that lists. */
export function wrongInContainer(
  state: ActualState,
  prevResult: Result,
  { netns, ifname }: Pick<Invocation, 'netns' | 'ifname'>,
): Wrong[] {
  const interfaces = prevResult.interfaces ?? [];
  const own = interfaces.filter(({ sandbox }) => sandbox === netns);
  if (!own.some(({ name }) => name === ifname))
    return [{ kinds: [], what: `prevResult does not list ${ifname} in ${netns}` }];
  const names = own.map(({ name }) => name);
  return [
    ...own.flatMap((wanted) => wrongLink(state.links, wanted)),
    ...wrongAddresses(state, prevResult, { netns, ifname }),
    ...wrongRoutes(state, prevResult, names),
  ];
}

function wrongAddresses(
  { addresses }: ActualState,
  { interfaces = [], ips = [] }: Result,
  { netns, ifname }: Pick<Invocation, 'netns' | 'ifname'>,
): Wrong[] {
  return ips.flatMap(({ address, interface: at }): Wrong[] => {
    const on = at === undefined ? { name: ifname, sandbox: netns } : interfaces[at];
    if (on?.sandbox !== netns) return [];
    const there = addresses.filter(({ link }) => link === on.name);
    if (there.some((each) => each.address === address)) return [];
    const [wanted] = address.split('/');
    const otherLength = there.some((each) => each.address.split('/')[0] === wanted);
    return [
      {
        kinds: otherLength ? ['prefix'] : ['address', 'listed-address'],
        what: `${on.name} lacks ${address}`,
      },
    ];
  });
}

function wrongRoutes(
  { routes }: ActualState,
  prevResult: Result,
  names: readonly string[],
): Wrong[] {
  const gateways = (prevResult.ips ?? []).map(({ gateway }) => gateway);
  return (prevResult.routes ?? []).flatMap(({ dst, gw, table = 254 }): Wrong[] => {
    const leadThere = routes.filter(
      (route) =>
        route.destination === canonicalNetwork(dst) &&
        route.family === familyOf(dst) &&
        (route.table ?? 254) === table,
    );
    const byGateway = leadThere.filter(({ gateway }) =>
      gw === undefined ? gateway === undefined || gateways.includes(gateway) : gateway === gw,
    );
    if (byGateway.some(({ link = '' }) => names.includes(link))) return [];
    const what = `no route to ${dst}${gw === undefined ? '' : ` via ${gw}`} by ${names}`;
    if (leadThere.length === 0) return [{ kinds: ['routes', 'listed-route'], what }];
    return [{ kinds: [byGateway.length === 0 ? 'gateway' : 'device'], what }];
  });
}
