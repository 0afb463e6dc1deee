import { type Cloud, startCloudServer } from '@vcn-cni/vcn-sim';
import oci from 'oci-common';
import core from 'oci-core';

/** The official SDK's clients, pointed at a simulated cloud. */
export async function startSdk(cloud: Cloud, signedAt?: () => number) {
  const server = await startCloudServer({ cloud, ...(signedAt && { signedAt }) });
  const user = cloud.identity.createUser();
  const authenticationDetailsProvider = new oci.SimpleAuthenticationDetailsProvider(
    user.tenancyId,
    user.userId,
    user.fingerprint,
    user.privateKey,
    null,
  );
  const once = {
    retryConfiguration: oci.NoRetryConfigurationDetails,
    circuitBreaker: new oci.CircuitBreaker({ disableClientCircuitBreaker: true }),
  };
  const network = new core.VirtualNetworkClient({ authenticationDetailsProvider }, once);
  const compute = new core.ComputeClient({ authenticationDetailsProvider }, once);
  network.endpoint = server.endpoint;
  compute.endpoint = server.endpoint;
  return { server, user, network, compute };
}
