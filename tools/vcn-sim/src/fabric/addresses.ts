/** Addresses that the simulation has of its own, outside of any VCN. */

/** Metadata service and resolver; OCI's, the IPv6 one as its public scripts use it. */
export const serviceAddress = { inet: '169.254.169.254', inet6: 'fd00:c1::a9fe:a9fe' } as const;

/** Where the API answers inside the fabric (RFC 5737; 192.0.2.0/24 is the NAT gateways'). */
export const apiAddress = '198.51.100.1';

/** The internet side: one link between the fabric and a host that stands for all others. */
export const internet = {
  router: { inet: '203.0.113.254', inet6: 'fd00:113::fe' },
  host: { inet: '203.0.113.10', inet6: 'fd00:113::10' },
  prefix: { inet: 24, inet6: 64 },
  mac: { router: '02:00:5e:00:71:fe', host: '02:00:5e:00:71:10' },
} as const;

/** Bytes: inside a VCN, and on the way to the internet. */
export const mtu = { vcn: 9000, internet: 1500 } as const;

/** The fabric's link to the internet side. */
export const internetLink = 'wan';

/** Key of the internet side's namespace. */
export const internetNamespace = 'internet';
