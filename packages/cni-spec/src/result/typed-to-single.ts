import { CniError } from '../error/cni-error.ts';
import { ErrorCode } from '../error/error-codes.ts';
import { addressFamily, type Fields, fieldsOf, listOf, present, without } from './fields-of.ts';
import type { Loss } from './loss.ts';

/**
 * 0.3.0 ... 0.4.0 to 0.1.0, 0.2.0: the first address of each family and the routes of that family. What an
 * address is, its `version` says. Throws CniError 1 without any address: the old result cannot say that.
 */
export function typedToSingle(document: Fields, losses: Loss[]): Fields {
  const { interfaces, ips, routes, ...others } = document;
  const old: { ip4?: Fields; ip6?: Fields } = {};
  for (const [index, value] of listOf(interfaces).entries()) {
    losses.push({ path: `interfaces[${index}]`, value, reason: 'no interfaces before 0.3.0' });
  }
  for (const [index, value] of listOf(ips).entries()) {
    const { version, address, gateway, ...vendor } = fieldsOf(value);
    const key = slot(version ?? addressFamily(address));
    const path = `ips[${index}]`;
    if (key === undefined || old[key]) {
      const reason = key ? 'one address a family before 0.3.0' : 'neither version 4 nor 6';
      losses.push({ path, value, reason });
      continue;
    }
    const rest = without(vendor, ['interface'], path, 'no interfaces before 0.3.0', losses);
    old[key] = {
      ...without(rest, ['ip', 'routes'], path, taken, losses),
      ip: address,
      ...present({ gateway }),
    };
  }
  if (!old.ip4 && !old.ip6) {
    throw new CniError(
      ErrorCode.IncompatibleVersion,
      'the result has no IP address, and cniVersion 0.1.0 and 0.2.0 cannot express that',
      'set cniVersion of the network configuration to 0.3.1 or newer',
    );
  }
  splitRoutes(listOf(routes), old, losses);
  return { ...without(others, ['ip4', 'ip6'], '', taken, losses), ...old };
}

const taken = 'a vendor field whose name means something else in the older result';

function slot(version: unknown): 'ip4' | 'ip6' | undefined {
  if (version === '4') return 'ip4';
  return version === '6' ? 'ip6' : undefined;
}

function splitRoutes(routes: unknown[], old: { ip4?: Fields; ip6?: Fields }, losses: Loss[]): void {
  for (const [index, value] of routes.entries()) {
    const { dst, gw, ...attributes } = fieldsOf(value);
    const path = `routes[${index}]`;
    const entry = old[slot(addressFamily(dst)) ?? 'ip4'];
    if (!entry) {
      losses.push({ path, value, reason: 'a route of a family without an address' });
      continue;
    }
    without(
      attributes,
      Object.keys(attributes),
      path,
      'a route is only dst and gw before 0.3.0',
      losses,
    );
    entry['routes'] = [...listOf(entry['routes']), { dst, ...present({ gw }) }];
  }
}
