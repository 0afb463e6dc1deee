import { formatOperation, type WantedState } from '@vcn-cni/netlink';

/** Wanted state as commands that an operator could type. */
export function toLines(state: WantedState): string[] {
  return [
    ...state.links.map((link) =>
      formatOperation(link.kind ? { op: 'link.create', link } : { op: 'link.set', link }),
    ),
    ...state.sysctls.map((sysctl) => formatOperation({ op: 'sysctl.set', sysctl })),
    ...state.addresses.map((address) => formatOperation({ op: 'address.put', address })),
    ...state.neighbours.map((neighbour) => formatOperation({ op: 'neighbour.put', neighbour })),
    ...state.routes.map((route) => formatOperation({ op: 'route.put', route })),
    ...state.rules.map((rule) => formatOperation({ op: 'rule.put', rule })),
  ];
}
