import {
  CniError,
  ErrorCode,
  type Invocation,
  type NetworkConfig,
  podIdentity,
  requestedAddresses,
  requestedMac,
} from '@vcn-cni/cni-spec';
import type { AttachmentKey } from '@vcn-cni/ipam';
import type { PodAsk } from '@vcn-cni/pod-network';

/**
 * What an invocation asks for.
 * @throws CniError 2 for an `ipam` key, 7 for a capability value that cannot be used.
 */
export function readAsk(invocation: Invocation): PodAsk {
  const { config, netns } = invocation;
  refuseIpam(config);
  const pod = podIdentity(invocation.args);
  const mac = requestedMac(invocation);
  return {
    key: readKey(invocation),
    netns,
    ...(pod && { pod }),
    ...(mac !== undefined && { mac }),
    ...(config.mtu !== undefined && { mtu: config.mtu }),
    requested: requestedAddresses(invocation),
    ...(config.dns && { dns: config.dns }),
    ...(config.prevResult && { prevResult: config.prevResult }),
  };
}

/** The daemon allocates; a delegate that were silently passed over would be believed to. */
export function refuseIpam({ ipam }: NetworkConfig): void {
  if (ipam === undefined) return;
  throw new CniError(
    ErrorCode.UnsupportedField,
    `ipam: ${JSON.stringify(ipam)} is not supported; addresses come from the daemon, remove the key`,
  );
}

export function readKey({ config, containerId, ifname }: Invocation): AttachmentKey {
  return { network: config.name, containerId, ifname };
}
