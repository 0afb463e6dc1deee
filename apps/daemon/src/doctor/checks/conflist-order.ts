import type { Check } from '../check.ts';

/** containerd and CRI-O use the first file by name. */
export const conflistOrder: Check = {
  id: 'conflist-order',
  find({ netConfigs }) {
    if (!netConfigs?.files.includes(netConfigs.ours)) return [];
    const before = netConfigs.files.slice(0, netConfigs.files.indexOf(netConfigs.ours));
    if (before.length === 0) return [];
    return [
      {
        severity: 'error',
        evidence: `${before.join(', ')} sort before ${netConfigs.ours} in ${netConfigs.directory}: the runtime uses ${before[0]}`,
        remedy: `remove ${before.join(', ')}, or rename them so that they sort later`,
      },
    ];
  },
};
