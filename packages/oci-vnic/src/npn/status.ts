import { z } from 'zod';

const pair = z.object({ v4: z.string().optional(), v6: z.string().optional() });
const mac = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i, 'is no MAC address');

/** A VNIC of either generation: `routerIp`, `subnetCidr`, `hostAddress`, `addresses` are the first's. */
const vnic = z.object({
  vnicId: z.string().min(1),
  macAddress: mac,
  nicIndex: z.int().optional(),
  vlanTag: z.int().optional(),
  routerIp: z.string().optional(),
  subnetCidr: z.string().optional(),
  hostAddress: z.string().optional(),
  addresses: z.array(z.string()).optional(),
  routerIps: z.array(pair).optional(),
  subnetCidrs: z.array(pair).optional(),
  hostAddresses: z.array(pair).optional(),
  podAddresses: z.array(pair).optional(),
  nicConfiguration: z
    .object({
      ipCount: z.int().optional(),
      ipFamilies: z.array(z.string()).optional(),
      applicationResources: z.array(z.string()).optional(),
    })
    .loose()
    .optional(),
});

/** What a node has. Empty until the controller has seen the resource. */
export const npnStatus = z.object({
  /** `IN_PROGRESS`, `SUCCESS`, `BACKOFF`; open, for the controller is not ours. */
  state: z.string().optional(),
  /** `IN_PROGRESS`, `COMPLETED`, or `FailedTo...` and the operation. */
  reason: z.string().optional(),
  vnics: z.array(vnic).optional(),
});

export type NpnStatus = z.infer<typeof npnStatus>;
export type NpnStatusVnic = z.infer<typeof vnic>;
