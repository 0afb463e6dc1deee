// For users.

export { type Authentication, credentialsOf, type InstancePrincipal } from './authentication.ts';
export type { ApiCallOptions, ObservedAttempt } from './call.ts';
export { createClient, type OciClient } from './client.ts';
export { coreEndpoint } from './core-endpoint.ts';
export type { CallerDeps, CallerOptions } from './create-caller.ts';
export { createSigner, type SignerDeps } from './create-signer.ts';
export { OciError, type OciErrorFacts } from './oci-error.ts';
export type { SignableRequest, Signer } from './signer.ts';
export type { TokenBucketOptions } from './token-bucket.ts';
export { createVnicApi, type VnicApiDeps, type VnicApiOptions } from './vnic-api.ts';
export type * from './wire.ts';
export type { WorkloadIdentity } from './workload-identity.ts';

// For implementers.

export type { Backoff } from '../http/backoff.ts';
export { type Clock, systemClock } from '../http/clock.ts';
export type { AddressCalls, AddressFilter, Ipv6Calls, PrivateIpCalls } from './address-calls.ts';
export type { CredentialSource, Credentials } from './credentials.ts';
export { permissionFor } from './permissions.ts';
export type { PlaceCalls } from './place-calls.ts';
export { type Recourse, recourseFor } from './recourse.ts';
export type { VnicCalls } from './vnic-calls.ts';
