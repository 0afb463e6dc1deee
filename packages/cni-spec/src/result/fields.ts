/** Parts that the results of several versions have in common. Null is what Go writes for nothing. */
import { z } from 'zod';
import { isCidr, isInet } from '../inet.ts';

export const cidr = z
  .string()
  .refine(isCidr, { error: 'expected an address with prefix length, such as 10.0.0.5/24' });

export const inet = z.string().refine(isInet, { error: 'expected an IP address' });

/** -1 is written by some plugins for "none" (spec-upgrades.md). */
export const interfaceIndex = z.int().min(-1);

export const dnsSchema = z.looseObject({
  nameservers: z.array(z.string()).nullish(),
  domain: z.string().nullish(),
  search: z.array(z.string()).nullish(),
  options: z.array(z.string()).nullish(),
});

export const routeSchema = z.looseObject({ dst: cidr, gw: inet.nullish() });
