import { CniError, ErrorCode, type NetworkConfig } from '@vcn-cni/cni-spec';
import { z } from 'zod';

const schema = z.object({
  subnets: z.array(z.cidrv4().or(z.cidrv6())).min(1),
  routes: z.array(z.looseObject({ dst: z.string() })).default([]),
  dns: z.record(z.string(), z.unknown()).optional(),
});

export type IpamSettings = z.output<typeof schema>;

/** What the configuration says under `ipam`. Throws CniError 7 that names the field and the value. */
export function ipamSettings({ ipam }: NetworkConfig): IpamSettings {
  const { data, error } = schema.safeParse(ipam);
  if (data) return data;
  const { path, message } = error.issues[0]!;
  throw new CniError(
    ErrorCode.InvalidNetworkConfig,
    `invalid ${['ipam', ...path].join('.')}`,
    `${JSON.stringify(ipam)}: ${message}`,
  );
}
