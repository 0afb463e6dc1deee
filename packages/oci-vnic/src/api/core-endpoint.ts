/**
 * Where the Core Services of a region are. `region` is its identifier, such as `eu-frankfurt-1`; `domain` the one of
 * its realm, `oraclecloud.com` unless the metadata service says otherwise. Throws RangeError if either is no host name.
 */
export function coreEndpoint(region: string, domain = 'oraclecloud.com'): string {
  for (const [field, value] of Object.entries({ region, domain })) {
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(value)) {
      throw new RangeError(
        `${field}: "${value}" is no name of a host; such as eu-frankfurt-1, oraclecloud.com`,
      );
    }
  }
  return `https://iaas.${region}.${domain}`;
}
