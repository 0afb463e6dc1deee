import type { Check } from '../check.ts';

/** systemd-networkd removes rules and routes that it did not make, whenever it restarts. */
export const networkdForeign: Check = {
  id: 'networkd-foreign',
  find({ networkd }) {
    if (!networkd.running) return [];
    const keys = ['ManageForeignRoutingPolicyRules', 'ManageForeignRoutes'];
    const managed = keys.filter((key) => {
      const set = [
        ...networkd.configuration.matchAll(new RegExp(`^\\s*${key}\\s*=\\s*(\\S+)`, 'gim')),
      ];
      return !/^(no|false|0|off)$/i.test(set.at(-1)?.[1] ?? 'yes');
    });
    if (managed.length === 0) return [];
    return [
      {
        severity: 'warning',
        evidence: `systemd-networkd runs with ${managed.join(' and ')} on: its restart removes our rules and routes`,
        remedy: `put ${managed.map((key) => `${key}=no`).join(' and ')} under [Network] in /etc/systemd/networkd.conf.d/vcn-cni.conf and restart systemd-networkd`,
      },
    ];
  },
};
