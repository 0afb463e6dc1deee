/** SPEC 0.3.0, "Result": interfaces, any number of addresses, routes of their own. */
import { z } from 'zod';
import { cidr, dnsSchema, inet, interfaceIndex, routeSchema } from './fields.ts';

const interfaceSchema = z.looseObject({
  name: z.string(),
  mac: z.string().nullish(),
  sandbox: z.string().nullish(),
});

const ipSchema = z.looseObject({
  /** "4" or "6"; believed as it is, whatever the address. */
  version: z.string().nullish(),
  address: cidr,
  gateway: inet.nullish(),
  interface: interfaceIndex.nullish(),
});

export const resultSchema030 = z.looseObject({
  cniVersion: z.string(),
  interfaces: z.array(interfaceSchema).nullish(),
  ips: z.array(ipSchema).nullish(),
  routes: z.array(routeSchema).nullish(),
  dns: dnsSchema.nullish(),
});

/** The text of 0.3.0 calls the list `ip`, and no plugin ever did; 0.3.1 only corrects that. */
export function withIps<T extends Record<string, unknown>>(document: T): T {
  if (document['ips'] !== undefined || !Array.isArray(document['ip'])) return document;
  const { ip, ...rest } = document;
  return { ...rest, ips: ip } as unknown as T;
}
