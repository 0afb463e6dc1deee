import { z } from 'zod';

const ipFamily = z.enum(['IPv4', 'IPv6']);
const tags = z.record(z.string(), z.string());

const createVnicDetails = z.object({
  subnetId: z.string().optional(),
  ipCount: z.int().min(1).max(256).optional(),
  nsgIds: z.array(z.string()).max(5).optional(),
  assignIpv6Ip: z.boolean().optional(),
  assignPublicIp: z.boolean().optional(),
  definedTags: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  freeformTags: tags.optional(),
  displayName: z.string().optional(),
  skipSourceDestCheck: z.boolean().optional(),
  securityAttributes: z.record(z.string(), z.unknown()).optional(),
  applicationResources: z.array(z.string()).max(1).optional(),
  ipv6AddressIpv6SubnetCidrPairDetails: z
    .array(z.object({ ipv6Address: z.string().optional(), ipv6SubnetCidr: z.string().optional() }))
    .optional(),
});

/**
 * What is wanted of a node (`oci.oraclecloud.com/v1beta1`). The first generation has the flat fields; the second has
 * `secondaryVnics`, which takes their place.
 */
export const npnSpec = z.object({
  /** OCID of the instance. */
  id: z.string().min(1).max(128),
  /** Pod addresses wanted. */
  maxPodCount: z.int().min(1).max(256).optional(),
  /** Only the first is used. */
  podSubnetIds: z.array(z.string()).max(5).optional(),
  networkSecurityGroupIds: z.array(z.string()).max(5).optional(),
  /** The first is preferred. */
  ipFamilies: z.array(ipFamily).min(1).max(2).optional(),
  secondaryVnics: z
    .array(
      z.object({
        displayName: z.string().optional(),
        /** Physical port; bare metal. */
        nicIndex: z.int().min(0).max(31).optional(),
        createVnicDetails: createVnicDetails.optional(),
      }),
    )
    .max(64)
    .optional(),
});

export type NpnSpec = z.infer<typeof npnSpec>;
