import { emptyState, type WantedState } from '@vcn-cni/netlink';
import { internet, internetLink, internetNamespace, mtu } from './addresses.ts';
import { aliasPrefix, routeProtocol } from './carry-vnic.ts';

/** The fabric's end of the way out. */
export function routeInternet(): WantedState {
  const link = internetLink;
  return {
    ...emptyState(),
    links: [
      {
        name: link,
        kind: 'veth',
        mac: internet.mac.router,
        mtu: mtu.internet,
        up: true,
        alias: `${aliasPrefix}${link}`,
        peer: {
          name: 'eth0',
          mac: internet.mac.host,
          mtu: mtu.internet,
          namespace: internetNamespace,
        },
      },
    ],
    addresses: [
      { link, address: `${internet.router.inet}/${internet.prefix.inet}` },
      { link, address: `${internet.router.inet6}/${internet.prefix.inet6}`, nodad: true },
    ],
    routes: (['inet', 'inet6'] as const).map((family) => ({
      family,
      destination: family === 'inet' ? '0.0.0.0/0' : '::/0',
      link,
      gateway: internet.host[family],
      protocol: routeProtocol,
    })),
    neighbours: (['inet', 'inet6'] as const).map((family) => ({
      link,
      address: internet.host[family],
      mac: internet.mac.host,
    })),
  };
}

/** The host that stands for the rest of the world. */
export function internetHost(): WantedState {
  return {
    ...emptyState(),
    links: [{ name: 'eth0', up: true }],
    addresses: [
      { link: 'eth0', address: `${internet.host.inet}/${internet.prefix.inet}` },
      { link: 'eth0', address: `${internet.host.inet6}/${internet.prefix.inet6}`, nodad: true },
    ],
    routes: (['inet', 'inet6'] as const).map((family) => ({
      family,
      destination: family === 'inet' ? '0.0.0.0/0' : '::/0',
      link: 'eth0',
      gateway: internet.router[family],
      protocol: routeProtocol,
    })),
    neighbours: (['inet', 'inet6'] as const).map((family) => ({
      link: 'eth0',
      address: internet.router[family],
      mac: internet.mac.router,
    })),
  };
}
