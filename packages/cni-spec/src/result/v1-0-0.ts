/** SPEC 1.0.0, section 5: the result of 0.4.0 without `ips[].version`. */
import { z } from 'zod';
import { cidr, dnsSchema, inet, interfaceIndex, routeSchema } from './fields.ts';

export const interfaceSchema100 = z.looseObject({
  name: z.string(),
  mac: z.string().nullish(),
  sandbox: z.string().nullish(),
});

const ipSchema = z.looseObject({
  address: cidr,
  gateway: inet.nullish(),
  interface: interfaceIndex.nullish(),
});

export const resultSchema100 = z.looseObject({
  cniVersion: z.string(),
  interfaces: z.array(interfaceSchema100).nullish(),
  ips: z.array(ipSchema).nullish(),
  routes: z.array(routeSchema).nullish(),
  dns: dnsSchema.nullish(),
});
