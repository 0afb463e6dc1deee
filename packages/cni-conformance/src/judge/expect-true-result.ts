import type { Interface, Result } from '@vcn-cni/cni-spec';
import { Finding } from './finding.ts';
import type { Kernel } from './kernel.ts';
import { spelled, spelledCidr } from './spelling.ts';

/** The kernel on both sides of an attachment. */
export interface BothSides {
  readonly host: Kernel;
  readonly container: Kernel;
}

/**
 * That every interface listed is there, with the MAC and the MTU that are listed. Throws Finding `interface-absent`,
 * `mac-differs`, `mtu-differs`.
 */
export function expectTrueLinks({ interfaces = [] }: Result, sides: BothSides): void {
  for (const listed of interfaces) {
    const link = sideOf(listed, sides).links.find(({ name }) => name === listed.name);
    const where = placeOf(listed);
    if (!link) throw new Finding('interface-absent', `the result lists ${where}; it is not there`);
    if (listed.mac && listed.mac.toLowerCase() !== link.mac) {
      throw new Finding(
        'mac-differs',
        `${where}: the result says ${listed.mac}, it has ${link.mac}`,
      );
    }
    if (listed.mtu && listed.mtu !== link.mtu) {
      throw new Finding(
        'mtu-differs',
        `${where}: the result says ${listed.mtu}, it has ${link.mtu}`,
      );
    }
  }
}

/**
 * That every address listed with an interface is on that interface, with that length. Throws Finding `index-wrong`,
 * `address-absent`.
 */
export function expectTrueAddresses({ ips = [], interfaces = [] }: Result, sides: BothSides): void {
  for (const { address, interface: index } of ips) {
    if (index === undefined) continue;
    const listed = interfaces[index];
    if (!listed) {
      throw new Finding('index-wrong', `${address} is on interface ${index}, which is not listed`);
    }
    const on = sideOf(listed, sides).addresses.filter(({ link }) => link === listed.name);
    if (on.some((each) => each.address === spelledCidr(address))) continue;
    const seen = on.map((each) => each.address).join(', ') || 'none';
    throw new Finding(
      'address-absent',
      `the result lists ${address} on ${placeOf(listed)}, which has ${seen}`,
    );
  }
}

/**
 * That every route listed is in a table of the container, by the gateway that is listed. Throws Finding
 * `route-absent`, `gateway-differs`.
 */
export function expectTrueRoutes({ routes = [] }: Result, { container }: BothSides): void {
  for (const { dst, gw } of routes) {
    const same = container.routes.filter(({ destination }) => destination === spelledCidr(dst));
    if (same.length === 0) {
      throw new Finding('route-absent', `the result lists a route to ${dst}; there is none`);
    }
    const gateways = same.flatMap((route) => route.gateways);
    if (gw === undefined || gateways.includes(spelled(gw))) continue;
    throw new Finding(
      'gateway-differs',
      `the result lists ${dst} via ${gw}; it goes via ${gateways.join(', ') || 'no gateway'}`,
    );
  }
}

const sideOf = ({ sandbox }: Interface, { host, container }: BothSides): Kernel =>
  sandbox ? container : host;

const placeOf = ({ name, sandbox }: Interface): string =>
  `${name} in the ${sandbox ? 'container' : 'host'}`;
