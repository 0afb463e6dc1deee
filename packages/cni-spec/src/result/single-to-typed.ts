import { type Fields, fieldsOf, filled, listOf, present, without } from './fields-of.ts';
import type { Loss } from './loss.ts';

/** 0.1.0, 0.2.0 to 0.3.0 ... 0.4.0: one list of addresses, IPv4 first; routes of both families in one. */
export function singleToTyped(document: Fields, losses: Loss[]): Fields {
  const { ip4, ip6, ...others } = document;
  const ips: Fields[] = [];
  const routes: unknown[] = [];
  for (const [version, entry] of Object.entries({ 4: ip4, 6: ip6 })) {
    if (entry === undefined || entry === null) continue;
    const { ip, gateway, routes: own, ...vendor } = fieldsOf(entry);
    ips.push({ ...vendor, version, address: ip, ...present({ gateway }) });
    routes.push(...listOf(own));
  }
  const reason = 'a vendor field whose name means something else in the newer result';
  const rest = without(others, ['interfaces', 'ips', 'routes'], '', reason, losses);
  return { ...rest, ...filled({ ips, routes }) };
}
