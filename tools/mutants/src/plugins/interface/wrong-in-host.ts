import type { Result } from '@vcn-cni/cni-spec';
import type { ActualState } from '@vcn-cni/netlink';
import type { Wrong } from '../wrong.ts';
import { type Attachment, hostCidr } from './attachment.ts';
import { hostRoute } from './operations.ts';
import { wrongLink } from './wrong-link.ts';

/** How the host's side of an attachment differs from what ADD made. */
export function wrongInHost(
  { links, addresses, routes, neighbours }: ActualState,
  { interfaces = [] }: Result,
  name: string,
  attachment: Attachment,
): Wrong[] {
  const listed = interfaces.find((each) => each.name === name && !each.sandbox);
  return [
    ...wrongLink(links, listed ?? { name }),
    ...attachment.gateways
      .filter((each) => !addresses.some(({ address }) => address === hostCidr(each)))
      .map((each): Wrong => ({ kinds: ['host-address'], what: `${name} lacks ${each}` })),
    ...attachment.addresses
      .map((each) => hostRoute(name, each))
      .filter((each) => !routes.some(({ destination }) => destination === each.destination))
      .map(
        ({ destination }): Wrong => ({
          kinds: ['host-route'],
          what: `the host has no route to ${destination}`,
        }),
      ),
    ...attachment.addresses
      .map((each) => each.split('/')[0]!)
      .filter((own) => !neighbours.some(({ address }) => address === own))
      .map(
        (own): Wrong => ({ kinds: ['neighbours'], what: `the host has lost the neighbour ${own}` }),
      ),
  ];
}

/** Which addresses the text of a table does not masquerade. */
export const wrongTable = (text: string, { addresses }: Attachment): Wrong[] =>
  addresses
    .map((address) => address.split('/')[0]!)
    .filter((own) => !new RegExp(`saddr ${own} .* masquerade`).test(text))
    .map((own): Wrong => ({ kinds: ['rules'], what: `${own} is not masqueraded` }));
