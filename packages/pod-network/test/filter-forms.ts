import { spawnSync } from 'node:child_process';
import { iptables } from '@vcn-cni/iptables/driver';
import { nft } from '@vcn-cni/nftables/driver';
import { chainOwner, type FilterPlan } from '../src/filter/index.ts';
import type { Station } from './filter-lab.ts';

/** One way to put the filter into a kernel. */
export interface Form {
  name: string;
  apply(host: Station, plan: FilterPlan): Promise<void>;
  remove(host: Station, plan: FilterPlan): Promise<void>;
}

const inside = (host: Station) => ['nsenter', `--net=${host.namespace.path}`];

const nftables: Form = {
  name: 'nftables',
  apply: (host, plan) => nft({ exec: inside(host) }).apply(plan.nftables),
  remove: (host, plan) => nft({ exec: inside(host) }).remove(plan.nftables),
};

function iptablesForm(backend: 'nft' | 'legacy'): Form {
  const drivers = (host: Station) =>
    (['inet', 'inet6'] as const).map((family) => ({
      family,
      driver: iptables({ family, backend, owner: chainOwner, exec: inside(host) }),
    }));
  return {
    name: `iptables ${backend}`,
    apply: async (host, plan) => {
      for (const { family, driver } of drivers(host)) await driver.apply(plan.iptables[family]);
    },
    remove: async (host) => {
      for (const { driver } of drivers(host)) await driver.remove();
    },
  };
}

/** Those that this host's programs and kernel have; loud about the others. */
export function usableForms(): Form[] {
  return [nftables, ...usableBackends().map(iptablesForm)];
}

export function usableBackends(): ('nft' | 'legacy')[] {
  return (['nft', 'legacy'] as const).filter((backend) => {
    const { status, stderr } = spawnSync('unshare', ['--net', `iptables-${backend}-restore`], {
      input: '*raw\n-A PREROUTING -m rpfilter --invert -j DROP\nCOMMIT\n',
      encoding: 'utf8',
    });
    if (status !== 0) console.warn(`SKIPPED: the filter in iptables ${backend}: ${stderr?.trim()}`);
    return status === 0;
  });
}
