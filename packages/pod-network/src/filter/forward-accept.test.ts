import { parseSave, renderRuleset } from '@vcn-cni/iptables';
import { expect, it } from 'vitest';
import { defaultSettings } from '../settings.ts';
import { needsForwardAccept, planForwardAccept } from './forward-accept.ts';
import { chainOwner } from './names.ts';

it('accepts pods last of FORWARD', () => {
  expect(renderRuleset(planForwardAccept(defaultSettings), chainOwner)).toBe(`*filter
:VCN-CNI-FORWARD - [0:0]
-A VCN-CNI-FORWARD -i oci+ -j ACCEPT
-A VCN-CNI-FORWARD -o oci+ -j ACCEPT
-A VCN-CNI-FORWARD -m connmark --mark 0x80/0x80 -j ACCEPT
-A FORWARD -j VCN-CNI-FORWARD
COMMIT
`);
});

it.each([
  ['ACCEPT', '-A FORWARD -j DOCKER-USER', false, 'the policy of FORWARD is ACCEPT'],
  ['DROP', '-A FORWARD -j DOCKER-USER', true, 'the policy of FORWARD is DROP'],
  ['DROP', '-A FORWARD -j cali-FORWARD', false, 'cali-FORWARD decides about FORWARD'],
])('with policy %s and "%s": %s', (policy, rule, needed, because) => {
  const saved = parseSave(`*filter\n:FORWARD ${policy} [0:0]\n${rule}\nCOMMIT\n`);
  expect(needsForwardAccept(saved)).toEqual({
    needed,
    because: expect.stringContaining(because),
  });
});

it('is not needed where there is no filter table', () => {
  expect(needsForwardAccept([]).needed).toBe(false);
});
