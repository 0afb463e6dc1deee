import { formatRule as formatSavedRule, parseSave } from '@vcn-cni/iptables';
import { formatExpression, formatRule, parseRuleset } from '@vcn-cni/nftables';
import { describe, expect, test } from 'vitest';
import { iptablesRules, nftablesRules } from '../src/index.ts';
import { recordedNode, recordedServices, recordedText } from './service-recorded.ts';

const kubeletsOwn = /KUBE-(KUBELET-CANARY|FIREWALL|IPTABLES-HINT)/;

/** Rules of Services are in random order where chains hold those of several; the last of KUBE-SERVICES is the last. */
function ordered(name: string, rules: string[]): string[] {
  if (name === 'KUBE-SERVICES') return [...rules.slice(0, -1).sort(), ...rules.slice(-1)];
  return name === 'KUBE-NODEPORTS' ? rules.sort() : rules;
}

type Chains = Record<string, string[]>;
const named = (chains: { name: string; rules: string[] }[]): Chains =>
  Object.fromEntries(chains.map(({ name, rules }) => [name, rules]));

/** What kube-proxy wrote, by table and chain. */
function recordedIptables(file: string): Record<string, Chains> {
  return Object.fromEntries(
    parseSave(recordedText(file), { counters: false }).map(({ name, chains }) => [
      name,
      named(
        chains
          .filter((chain) => !kubeletsOwn.test(chain.name))
          .map((chain) => {
            const rules = chain.rules
              .map(formatSavedRule)
              .filter((rule) => !kubeletsOwn.test(rule));
            return { name: chain.name, rules: ordered(chain.name, rules) };
          })
          .filter((chain) => chain.rules.length > 0 || chain.name.startsWith('KUBE-')),
      ),
    ]),
  );
}

const families = [
  { family: 'inet', prefix: 'iptables' },
  { family: 'inet6', prefix: 'ip6tables' },
] as const;

describe.each(['kn1', 'kn2'] as const)('as kube-proxy wrote it on %s', (name) => {
  test.each(families)('iptables, $family', ({ family, prefix }) => {
    const tables = iptablesRules(recordedServices(), recordedNode(name), family);
    const written = tables.map((table) => {
      const builtIn = Map.groupBy(table.jumps, ({ from }) => from);
      const jumps = [...builtIn].map(([from, some]) => ({
        name: from,
        rules: some.map(({ rule }) => rule),
      }));
      const chains = table.chains.map((chain) => ({
        name: chain.name,
        rules: ordered(chain.name, chain.rules),
      }));
      return [table.name, named([...jumps, ...chains])];
    });
    expect(Object.fromEntries(written)).toEqual(recordedIptables(`${prefix}-${name}.txt`));
  });

  test('nftables', () => {
    const [recorded] = parseRuleset(recordedText(`nftables-${name}.json`)).tables;
    const table = nftablesRules(recordedServices(), recordedNode(name), 'inet');
    expect(Object.fromEntries(table.chains.map((chain) => [chain.name, chain]))).toEqual(
      Object.fromEntries(
        recorded!.chains.map(({ name, base, rules }) => {
          const texts = rules.map((rule) => ({
            text: formatRule(rule),
            ...(rule.comment && { comment: rule.comment }),
          }));
          const { policy: _, ...hooked } = base ?? {};
          return [name, { name, ...(base && { base: hooked }), rules: texts }];
        }),
      ),
    );
    expect(
      Object.fromEntries(
        table.sets.map(({ kind, name, type, timeoutSeconds, elements }) => [
          name,
          [kind, type, timeoutSeconds, elements.toSorted()],
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        recorded!.sets.map(({ kind, name, type, map, object, elements }) => {
          const words = type.join(' . ') + (map === undefined ? '' : ` : ${map}`);
          const texts = elements.map((element) =>
            [element]
              .flat()
              .map((part) => formatExpression(part))
              .join(' : '),
          );
          return [name, [kind, words, object['timeout'], texts.sort()]];
        }),
      ),
    );
  });
});
