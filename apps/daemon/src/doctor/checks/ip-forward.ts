import type { Check } from '../check.ts';

/** Pod traffic crosses the host's stack as forwarded traffic. */
export const ipForward: Check = {
  id: 'ip-forward',
  find({ sysctls, blocks }) {
    const wanted = [
      { name: 'net/ipv4/ip_forward', needed: blocks.some((block) => !block.includes(':')) },
      { name: 'net/ipv6/conf/all/forwarding', needed: blocks.some((block) => block.includes(':')) },
    ];
    return wanted
      .filter(({ name, needed }) => needed && sysctls.get(name) === '0')
      .map(({ name }) => ({
        severity: 'error',
        evidence: `${name} is 0: no packet of a pod leaves this node`,
        remedy: `the daemon sets it while it runs; find what sets it back (sysctl.d, tuned) and set ${name.replaceAll('/', '.')}=1 there`,
      }));
  },
};
