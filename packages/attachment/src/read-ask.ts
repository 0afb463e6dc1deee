import { type Invocation, podIdentity, requestedAddresses, requestedMac } from '@vcn-cni/cni-spec';
import type { AttachmentKey } from '@vcn-cni/ipam';
import type { PodAsk } from '@vcn-cni/pod-network';

/**
 * What an invocation asks for.
 * @throws CniError 7 for a capability value that cannot be used.
 */
export function readAsk(invocation: Invocation): PodAsk {
  const { config, netns } = invocation;
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

export function readKey({ config, containerId, ifname }: Invocation): AttachmentKey {
  return { network: config.name, containerId, ifname };
}
