import type { Check } from '../check.ts';

/** Runtimes call the plugin as soon as its configuration is there. */
export const conflistUnserved: Check = {
  id: 'conflist-unserved',
  find({ netConfigs, daemon }) {
    if (daemon.serving) return [];
    const present = netConfigs?.files.includes(netConfigs.ours) ?? false;
    return [
      {
        severity: present ? 'error' : 'warning',
        evidence: `vcn-cnid does not serve${daemon.reason ? ` (${daemon.reason})` : ''}${present ? `, but ${netConfigs?.directory}/${netConfigs?.ours} is in place: no pod can start` : ''}`,
        remedy:
          'start vcn-cnid and read its log, or take the configuration away with vcn-cnid uninstall',
      },
    ];
  },
};
