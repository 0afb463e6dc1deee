/** The well-known capabilities of CONVENTIONS.md: what a runtime gives under `runtimeConfig`. */
import { z } from 'zod';

const port = z.int().min(0).max(65535);
const rate = z.int().min(0).nullish();

export const capabilitySchemas = {
  portMappings: z.array(
    z.looseObject({
      hostPort: port,
      containerPort: port,
      protocol: z.string().nullish(),
      hostIP: z.string().nullish(),
    }),
  ),
  ipRanges: z.array(
    z.array(
      z.looseObject({
        subnet: z.string(),
        rangeStart: z.string().nullish(),
        rangeEnd: z.string().nullish(),
        gateway: z.string().nullish(),
      }),
    ),
  ),
  bandwidth: z.looseObject({
    ingressRate: rate,
    ingressBurst: rate,
    egressRate: rate,
    egressBurst: rate,
  }),
  dns: z.looseObject({
    servers: z.array(z.string()).nullish(),
    searches: z.array(z.string()).nullish(),
    options: z.array(z.string()).nullish(),
  }),
  ips: z.array(z.string()),
  mac: z.string(),
  infinibandGUID: z.string(),
  deviceID: z.string(),
  aliases: z.array(z.string()),
  cgroupPath: z.string(),
} as const;

export type Capability = keyof typeof capabilitySchemas;

/** All of them at once; capabilities that CONVENTIONS.md does not know pass. */
export const runtimeConfigSchema = z.looseObject({
  portMappings: capabilitySchemas.portMappings.nullish(),
  ipRanges: capabilitySchemas.ipRanges.nullish(),
  bandwidth: capabilitySchemas.bandwidth.nullish(),
  dns: capabilitySchemas.dns.nullish(),
  ips: capabilitySchemas.ips.nullish(),
  mac: capabilitySchemas.mac.nullish(),
  infinibandGUID: capabilitySchemas.infinibandGUID.nullish(),
  deviceID: capabilitySchemas.deviceID.nullish(),
  aliases: capabilitySchemas.aliases.nullish(),
  cgroupPath: capabilitySchemas.cgroupPath.nullish(),
});
