import type { Check } from '../check.ts';

/** Docker sets the policy of FORWARD to DROP. */
export const forwardPolicy: Check = {
  id: 'forward-policy',
  find({ filter }) {
    if (filter.forwardAccept) return [];
    return filter.saves.flatMap(({ backend, family, text }) => {
      const table = tableOf(text, 'filter');
      if (!/^:FORWARD DROP\b/m.test(table) || /^:cali-FORWARD /m.test(table)) return [];
      return {
        severity: 'error',
        evidence: `the policy of FORWARD is DROP (${family === 'inet' ? 'iptables' : 'ip6tables'}-${backend}): pod traffic that nobody accepts is dropped`,
        remedy:
          'set forwardAccept to true in the configuration of vcn-cnid, or the policy to ACCEPT',
      };
    });
  },
};

function tableOf(save: string, name: string): string {
  const from = save.indexOf(`*${name}\n`);
  return from < 0 ? '' : save.slice(from, save.indexOf('\nCOMMIT', from));
}
