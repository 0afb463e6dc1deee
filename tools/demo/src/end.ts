import type { LabPod, VcnLab, VcnLabNode } from '@vcn-cni/lab';

export type Family = 'inet' | 'inet6';
export const families = ['inet', 'inet6'] as const satisfies Family[];

/** How nft calls the header of each. */
export const header = { inet: 'ip', inet6: 'ip6' } as const;

/** Where a flow begins or ends. */
export interface End {
  name: string;
  namespace: LabPod['namespace'];
  address: string;
}

export const podEnd = (pod: LabPod, family: Family): End => ({
  name: pod.name,
  namespace: pod.namespace,
  address: pod.address(family),
});

export const nodeEnd = ({ name, namespace, primary }: VcnLabNode, family: Family): End => ({
  name,
  namespace,
  address: primary.address[family]!,
});

export const internetEnd = ({ vcn }: VcnLab, family: Family): End => ({
  name: 'internet',
  namespace: vcn.internet,
  address: vcn.internetAddress[family],
});

/** As flows name it. */
export const endText = ({ name, address }: Pick<End, 'name' | 'address'>): string =>
  `${name} ${address}`;

export const endPortText = ({ name, address }: Pick<End, 'name' | 'address'>, port: number) =>
  `${name} ${address.includes(':') ? `[${address}]` : address}:${port}`;
