import type { Deviation } from '../../run/deviation.ts';

const invoke = 'https://github.com/containernetworking/cni/tree/main/pkg/invoke';
const plugins = 'https://github.com/containernetworking/plugins/tree/main/plugins/main';

/** Known of the whole field: Section 4: plugin delegation. */
export const delegationDeviations: readonly Deviation[] = [
  {
    id: 'DLG-04/fails',
    key: 'standard-error-lost',
    who: 'every plugin that delegates by the Go package invoke',
    why: 'invoke copies the standard error of what it executed only when that succeeded',
    references: [invoke],
  },
  {
    id: 'DLG-06',
    key: 'delegate-not-undone',
    who: 'the reference plugins that delegate: ptp, bridge, macvlan, ipvlan, vlan, host-device and others',
    why: 'they return when the ADD of their delegate fails, before they take on to undo it',
    references: [plugins],
  },
];
