import type { Check } from '../check.ts';

/** Routing rules of others that use a priority, a table or the mark of ours. */
export const foreignRules: Check = {
  id: 'foreign-rules',
  find({ network, settings }) {
    if (!network) return [];
    const { pods, primary, vnicBase } = settings.tables;
    const priorities = new Set(Object.values(settings.priorities));
    return network.rules
      .filter(({ protocol }) => protocol !== settings.routeProtocol)
      .flatMap((rule) => {
        const reasons = [
          priorities.has(rule.priority) && `priority ${rule.priority}`,
          rule.table !== undefined &&
            [pods, primary, vnicBase].includes(rule.table) &&
            `table ${rule.table}`,
          rule.fwmark !== undefined &&
            (rule.fwmark & (rule.fwmask ?? 0xffffffff) & settings.mark) !== 0 &&
            `mark 0x${settings.mark.toString(16)}`,
        ].filter((reason) => typeof reason === 'string');
        if (reasons.length === 0) return [];
        return {
          severity: 'warning' as const,
          evidence: `a rule that is not ours (${rule.family}, priority ${rule.priority}, protocol ${rule.protocol ?? 0}) uses our ${reasons.join(' and ')}`,
          remedy:
            'find the program that made it, or set other priorities, tables or mark in the configuration of vcn-cnid',
        };
      });
  },
};
