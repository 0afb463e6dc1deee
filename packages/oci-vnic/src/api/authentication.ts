import type { CredentialSource } from './credentials.ts';
import {
  fromConfigFile,
  fromInstancePrincipal,
  fromResourcePrincipal,
  fromSessionToken,
} from './sdk-credentials.ts';
import { type WorkloadIdentity, workloadIdentity } from './workload-identity.ts';

/** Who the requests come from. */
export type Authentication =
  /** An API key of a user. Defaults: `~/.oci/config`, profile `DEFAULT`. */
  | { kind: 'config-file'; file?: string; profile?: string }
  /** A token of `oci session authenticate`, from the same file. */
  | { kind: 'session-token'; file?: string; profile?: string }
  | ({ kind: 'instance-principal' } & InstancePrincipal)
  /** By the environment: `OCI_RESOURCE_PRINCIPAL_VERSION`, `_RPST`, `_PRIVATE_PEM`, `_REGION`. */
  | { kind: 'resource-principal' }
  /** A service account of an enhanced OKE cluster. */
  | ({ kind: 'workload-identity' } & WorkloadIdentity);

/** The instance itself, by certificates of its metadata service. */
export interface InstancePrincipal {
  /** Default `http://169.254.169.254/opc/v2/`. */
  metadataBaseUrl?: string;
  /** Default by the instance's region, such as `https://auth.eu-frankfurt-1.oraclecloud.com`. */
  federationEndpoint?: string;
}

/** The credentials of an identity; nothing is loaded or read before they are first asked for. */
export function credentialsOf(authentication: Authentication): CredentialSource {
  switch (authentication.kind) {
    case 'config-file':
      return fromConfigFile(authentication.file, authentication.profile);
    case 'session-token':
      return fromSessionToken(authentication.file, authentication.profile);
    case 'instance-principal':
      return fromInstancePrincipal(authentication);
    case 'resource-principal':
      return fromResourcePrincipal();
    case 'workload-identity':
      return workloadIdentity(authentication);
  }
}
