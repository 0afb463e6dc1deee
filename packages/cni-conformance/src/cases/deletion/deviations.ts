import type { Deviation } from '../../run/deviation.ts';

/** Known of the whole field: Section 2: DEL. */
export const deletionDeviations: readonly Deviation[] = [
  {
    id: 'DEL-01/all',
    key: 'residue-sysctl',
    who: 'plugins that switch forwarding on, as ptp and bridge with a gateway',
    why: 'others on the host may need it by then; no plugin counts who does',
    references: [
      'https://github.com/containernetworking/plugins/blob/main/pkg/ip/ipforward_linux.go',
    ],
  },
];
