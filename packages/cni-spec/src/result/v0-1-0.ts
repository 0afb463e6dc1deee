/** SPEC 0.1.0, "Result": at most one address a family. */
import { z } from 'zod';
import { cidr, dnsSchema, inet, routeSchema } from './fields.ts';

const addressSchema = z.looseObject({
  ip: cidr,
  gateway: inet.nullish(),
  routes: z.array(routeSchema).nullish(),
});

export const resultSchema010 = z.looseObject({
  cniVersion: z.string(),
  ip4: addressSchema.nullish(),
  ip6: addressSchema.nullish(),
  dns: dnsSchema.nullish(),
});
