import { expect, it } from 'vitest';
import { ruleParts } from './rule-parts.ts';
import { tokenise } from './tokens.ts';

const parts = (line: string) => ruleParts({ tokens: tokenise(line) });

it('takes a rule apart into its options, matches and target', () => {
  expect(
    parts(
      '! -s 10.0.0.0/8 -p tcp -m comment --comment "-j ! -m" -m tcp ! --dport 80:90 -j DNAT --to-destination 10.0.0.1:8080 --random',
    ),
  ).toEqual({
    general: [
      { name: '-s', negated: true, values: ['10.0.0.0/8'] },
      { name: '-p', negated: false, values: ['tcp'] },
    ],
    matches: [
      { name: 'comment', options: [{ name: '--comment', negated: false, values: ['-j ! -m'] }] },
      { name: 'tcp', options: [{ name: '--dport', negated: true, values: ['80:90'] }] },
    ],
    target: {
      verb: 'jump',
      name: 'DNAT',
      options: [
        { name: '--to-destination', negated: false, values: ['10.0.0.1:8080'] },
        { name: '--random', negated: false, values: [] },
      ],
    },
  });
});

it('keeps several arguments of one option, and a rule without target', () => {
  expect(parts('-m tcp --tcp-flags SYN,ACK SYN -m set --match-set pods src,dst')).toEqual({
    general: [],
    matches: [
      {
        name: 'tcp',
        options: [{ name: '--tcp-flags', negated: false, values: ['SYN,ACK', 'SYN'] }],
      },
      {
        name: 'set',
        options: [{ name: '--match-set', negated: false, values: ['pods', 'src,dst'] }],
      },
    ],
  });
  expect(parts('-g cali-out').target).toEqual({ verb: 'goto', name: 'cali-out', options: [] });
});
