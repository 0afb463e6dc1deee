import { invalidParameter } from '../../cloud/api-error.ts';
import type { Family } from '../../cloud/ip.ts';
import type { IpAsk } from '../../cloud/ips.ts';
import type { VnicAsk } from '../../cloud/vnics.ts';
import type { Labels } from '../../cloud/world.ts';
import type { Fields } from '../fields.ts';

/** The labels that any details may carry. */
export const readLabels = (body: Fields): Labels => ({
  displayName: body.text('displayName'),
  freeformTags: body.tags('freeformTags'),
  definedTags: body.raw('definedTags') as Labels['definedTags'],
});

/** CreateVnicDetails. */
export const readVnicDetails = (body: Fields): VnicAsk => ({
  ...readLabels(body),
  subnetId: body.text('subnetId'),
  nsgIds: body.texts('nsgIds'),
  privateIp: body.text('privateIp'),
  subnetCidr: body.text('subnetCidr'),
  assignIpv6Ip: body.flag('assignIpv6Ip'),
  ipv6AddressIpv6SubnetCidrPairDetails: body
    .objects('ipv6AddressIpv6SubnetCidrPairDetails')
    ?.map((pair) => ({
      ipv6Address: pair.text('ipv6Address'),
      ipv6SubnetCidr: pair.text('ipv6SubnetCidr'),
    })),
  skipSourceDestCheck: body.flag('skipSourceDestCheck'),
  hostnameLabel: body.text('hostnameLabel'),
});

/** CreatePrivateIpDetails, CreateIpv6Details, and the items of their bulk calls. */
export function readIpDetails(body: Fields, family: Family): IpAsk {
  if (body.text('vlanId') !== undefined) {
    throw invalidParameter('vlanId: the simulated service has no VLANs.');
  }
  return {
    ...readLabels(body),
    family,
    vnicId: body.text('vnicId'),
    subnetId: body.text('subnetId'),
    ipAddress: body.text('ipAddress'),
    prefix: body.whole('cidrPrefixLength'),
    subnetCidr: body.text(family === 'inet' ? 'ipv4SubnetCidrAtCreation' : 'ipv6SubnetCidr'),
    lifetime: body.oneOf('lifetime', ['EPHEMERAL', 'RESERVED']),
    hostnameLabel: body.text(family === 'inet' ? 'hostnameLabel' : 'hostname'),
  };
}

/** What an update may change of an address. */
export const readIpUpdate = (body: Fields, family: Family) => ({
  ...readLabels(body),
  vnicId: body.text('vnicId'),
  hostnameLabel: body.text(family === 'inet' ? 'hostnameLabel' : 'hostname'),
});
