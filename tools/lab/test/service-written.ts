import { formatRule as formatSavedRule, parseSave } from '@vcn-cni/iptables';
import { formatExpression, formatRule, type ParsedTable } from '@vcn-cni/nftables';
import type { iptablesRules, nftablesRules } from '../src/index.ts';

const kubeletsOwn = /KUBE-(KUBELET-CANARY|FIREWALL|IPTABLES-HINT)/;

/** Rules by chain by table, in a form in which what was generated and what iptables-save printed compare. */
type Tables = Record<string, Record<string, string[]>>;

export function savedTables(text: string): Tables {
  const tables = parseSave(text, { counters: false }).map(({ name, chains }) => {
    const own = chains
      .filter((chain) => !kubeletsOwn.test(chain.name))
      .map((chain) => {
        const rules = chain.rules.map(formatSavedRule).filter((rule) => !kubeletsOwn.test(rule));
        return { name: chain.name, rules };
      })
      .filter(({ name, rules }) => rules.length > 0 || name.startsWith('KUBE-'));
    return [name, byName(own)];
  });
  return Object.fromEntries(tables);
}

export function generatedTables(tables: ReturnType<typeof iptablesRules>): Tables {
  const all = tables.map(({ name, jumps, chains }) => {
    const builtIn = [...Map.groupBy(jumps, ({ from }) => from)].map(([from, some]) => ({
      name: from,
      rules: some.map(({ rule }) => rule),
    }));
    return [name, byName([...builtIn, ...chains])];
  });
  return Object.fromEntries(all);
}

function byName(chains: { name: string; rules: string[] }[]): Record<string, string[]> {
  return Object.fromEntries(chains.map(({ name, rules }) => [name, ordered(name, rules)]));
}

/** Rules of Services are in random order where chains hold those of several; the last of KUBE-SERVICES is the last. */
function ordered(name: string, rules: string[]): string[] {
  if (name === 'KUBE-SERVICES') return [...rules.slice(0, -1).sort(), ...rules.slice(-1)];
  return name === 'KUBE-NODEPORTS' ? rules.toSorted() : rules;
}

/** The same for a table of nftables: what nft listed. */
export function listedTable(table: ParsedTable) {
  const chains = table.chains.map(({ name, base, rules }) => {
    const { policy: _, ...hooked } = base ?? {};
    const texts = rules.map((rule) => ({
      text: formatRule(rule),
      ...(rule.comment && { comment: rule.comment }),
    }));
    return [name, { name, ...(base && { base: hooked }), rules: texts }];
  });
  const sets = table.sets.map(({ kind, name, type, map, object, elements }) => {
    const words = type.join(' . ') + (map === undefined ? '' : ` : ${map}`);
    const texts = elements.map((element) =>
      [element]
        .flat()
        .map((part) => formatExpression(part))
        .join(' : '),
    );
    return [name, [kind, words, object['timeout'], texts.sort()]];
  });
  return { chains: Object.fromEntries(chains), sets: Object.fromEntries(sets) };
}

export function generatedTable({ chains, sets }: ReturnType<typeof nftablesRules>) {
  return {
    chains: Object.fromEntries(chains.map((chain) => [chain.name, chain])),
    sets: Object.fromEntries(
      sets.map(({ kind, name, type, timeoutSeconds, elements }) => [
        name,
        [kind, type, timeoutSeconds, elements.toSorted()],
      ]),
    ),
  };
}
