import type { Ruleset } from './ruleset.ts';
import { tokenise } from './tokens.ts';

/** XT_EXTENSION_MAXNAMELEN (linux/netfilter/x_tables.h) less its end byte. */
const longestName = 28;

/** @throws RangeError for what iptables-restore would refuse without saying why, or would not be found as ours again. */
export function checkRuleset({ chains, jumps }: Ruleset, owner: string): void {
  if (!/^[A-Za-z][\w-]+-$/.test(owner)) {
    throw new RangeError(
      `owner "${owner}": wanted a prefix of chain names that ends in "-", such as "VCN-CNI-"`,
    );
  }
  const declared = new Set<string>();
  for (const { table, name, rules } of chains) {
    if (!name.startsWith(owner))
      throw new RangeError(`chain "${name}" does not begin with "${owner}"`);
    if (!/^[\w-]+$/.test(name) || name.length > longestName) {
      throw new RangeError(
        `chain "${name}": wanted at most ${longestName} letters, digits, "_" or "-"`,
      );
    }
    if (declared.has(`${table} ${name}`))
      throw new RangeError(`chain "${name}" is twice in ${table}`);
    declared.add(`${table} ${name}`);
    for (const rule of rules) checkRule(name, rule);
  }
  const sources = new Set<string>();
  for (const { table, from, to } of jumps) {
    if (!declared.has(`${table} ${to}`))
      throw new RangeError(`jump to "${to}": ${table} has no such chain`);
    if (sources.has(`${table} ${from}`))
      throw new RangeError(`${table} ${from} has two jumps of ours`);
    sources.add(`${table} ${from}`);
  }
}

function checkRule(chain: string, rule: string): void {
  if (rule.includes('\n'))
    throw new RangeError(`rule of chain "${chain}" holds a line end: ${rule}`);
  try {
    tokenise(rule);
  } catch (cause) {
    throw new RangeError(`rule of chain "${chain}": ${(cause as Error).message}`, { cause });
  }
}
