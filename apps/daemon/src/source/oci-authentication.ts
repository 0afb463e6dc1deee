import type { Authentication } from '@vcn-cni/oci-vnic/api';
import type { Config } from '../config/schema.ts';

/** As whom the API is called, by the configuration. */
export function authenticationOf({
  authentication: kind,
  configFile: file,
  configProfile: profile,
  federationEndpoint,
  metadata,
}: Config['oci']): Authentication {
  switch (kind) {
    case 'config-file':
    case 'session-token':
      return { kind, profile, ...(file !== undefined && { file }) };
    case 'instance-principal':
      return {
        kind,
        metadataBaseUrl: `${metadata.replace(/\/+$/, '')}/`,
        ...(federationEndpoint !== undefined && { federationEndpoint }),
      };
    case 'resource-principal':
    case 'workload-identity':
      return { kind };
  }
}
