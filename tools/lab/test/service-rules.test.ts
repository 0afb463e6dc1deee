import { parseRuleset } from '@vcn-cni/nftables';
import { describe, expect, test } from 'vitest';
import { iptablesRules, nftablesRules } from '../src/index.ts';
import { recordedNode, recordedServices, recordedText } from './service-recorded.ts';
import { generatedTable, generatedTables, listedTable, savedTables } from './service-written.ts';

const families = [
  { family: 'inet', prefix: 'iptables' },
  { family: 'inet6', prefix: 'ip6tables' },
] as const;

describe.each(['kn1', 'kn2'] as const)('as kube-proxy wrote it on %s', (name) => {
  test.each(families)('iptables, $family', ({ family, prefix }) => {
    const written = iptablesRules(recordedServices(), recordedNode(name), family);
    const recorded = recordedText(`${prefix}-${name}.txt`);
    expect(generatedTables(written)).toEqual(savedTables(recorded));
  });

  test('nftables', () => {
    const written = nftablesRules(recordedServices(), recordedNode(name), 'inet');
    const [recorded] = parseRuleset(recordedText(`nftables-${name}.json`)).tables;
    expect(generatedTable(written)).toEqual(listedTable(recorded!));
  });
});
