import type { NativePodNetwork } from './native-pod-network.ts';
import type { NpnStatusVnic } from './status.ts';

/** A secondary VNIC and the pod addresses on it, the same for both generations. */
export interface NpnVnic {
  /** OCID. */
  id: string;
  /** Lower case. */
  mac: string;
  /** Physical port; bare metal. */
  nicIndex?: number;
  vlanTag?: number;
  virtualRouter: { inet?: string; inet6?: string };
  subnet: { inet?: string; inet6?: string };
  /** The addresses that the node itself keeps on it. */
  addresses: { inet?: string; inet6?: string };
  /** For pods; never a host address. */
  podAddresses: { inet: string[]; inet6: string[] };
}

/** The VNICs that a status tells of; none before the controller has told of any. */
export function npnVnics(npn: NativePodNetwork): NpnVnic[] {
  return (npn.status?.vnics ?? []).map(toVnic);
}

function toVnic(vnic: NpnStatusVnic): NpnVnic {
  const addresses = both(vnic.hostAddress, vnic.hostAddresses);
  const isOwn = (address: string): boolean => Object.values(addresses).includes(address);
  const pods = (vnic.podAddresses ?? []).flatMap(({ v4, v6 }) => [v4, v6]);
  const all = [...(vnic.addresses ?? []), ...pods].filter((one) => one !== undefined);
  const podAddresses = [...new Set(all)].filter((one) => !isOwn(one));
  return {
    id: vnic.vnicId,
    mac: vnic.macAddress.toLowerCase(),
    ...(vnic.nicIndex === undefined ? {} : { nicIndex: vnic.nicIndex }),
    ...(vnic.vlanTag === undefined ? {} : { vlanTag: vnic.vlanTag }),
    virtualRouter: both(vnic.routerIp, vnic.routerIps),
    subnet: both(vnic.subnetCidr, vnic.subnetCidrs),
    addresses,
    podAddresses: {
      inet: podAddresses.filter((one) => !one.includes(':')),
      inet6: podAddresses.filter((one) => one.includes(':')),
    },
  };
}

/** The first of each family, of the one field or of the other. */
function both(
  single: string | undefined,
  pairs: { v4?: string | undefined; v6?: string | undefined }[] = [],
): { inet?: string; inet6?: string } {
  const texts = [single, ...pairs.flatMap(({ v4, v6 }) => [v4, v6])].filter(Boolean) as string[];
  const inet = texts.find((one) => !one.includes(':'));
  const inet6 = texts.find((one) => one.includes(':'));
  return { ...(inet === undefined ? {} : { inet }), ...(inet6 === undefined ? {} : { inet6 }) };
}
