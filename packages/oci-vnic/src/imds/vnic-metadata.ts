import { z } from 'zod';
import { maybeText, present } from './present.ts';

/** A VNIC as the metadata service tells of it; secondary private IPs it does not tell. */
export interface VnicMetadata {
  /** OCID. */
  id: string;
  /** Lower case. */
  mac: string;
  isPrimary: boolean;
  /** Its own addresses, without prefix length. */
  addresses: { inet?: string; inet6?: string[] };
  /** CIDR of its subnet. */
  subnet: { inet?: string; inet6?: string };
  /** IPv6: link-local. */
  virtualRouter: { inet?: string; inet6?: string };
  /** 0 for the primary of bare metal; of no meaning on virtual machines. */
  vlanTag?: number;
  /** Physical port; bare metal only. */
  nicIndex?: number;
}

const document = z.array(
  z.object({
    vnicId: z.string().min(1),
    macAddr: z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i, 'is no MAC address'),
    privateIp: maybeText,
    virtualRouterIp: maybeText,
    subnetCidrBlock: maybeText,
    vlanTag: z.int().nullish(),
    nicIndex: z.int().nullish(),
    ipv6Addresses: z.array(z.string()).nullish(),
    ipv6SubnetCidrBlock: maybeText,
    ipv6VirtualRouterIp: maybeText,
  }),
);

/** `/vnics/` of metadata version 2: the primary first. Throws ZodError. */
export function parseVnics(body: unknown): VnicMetadata[] {
  return document.parse(body).map((vnic, index) =>
    present<VnicMetadata>({
      id: vnic.vnicId,
      mac: vnic.macAddr.toLowerCase(),
      isPrimary: index === 0,
      addresses: present({
        inet: vnic.privateIp,
        inet6: vnic.ipv6Addresses?.length ? vnic.ipv6Addresses : undefined,
      }),
      subnet: present({ inet: vnic.subnetCidrBlock, inet6: vnic.ipv6SubnetCidrBlock }),
      virtualRouter: present({ inet: vnic.virtualRouterIp, inet6: vnic.ipv6VirtualRouterIp }),
      vlanTag: vnic.vlanTag ?? undefined,
      nicIndex: vnic.nicIndex ?? undefined,
    }),
  );
}
