import { type PluginCase, roles } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';

const kinds = [
  { variable: 'CNI_CONTAINERID', value: '../conformance' },
  { variable: 'CNI_IFNAME', value: 'a-name-that-is-too-long' },
  { variable: 'CNI_COMMAND', value: 'FROB' },
];

export const namedVariables: readonly PluginCase[] = kinds.map(({ variable, value }) => ({
  id: `ERR-03/${variable.slice(4).toLowerCase()}`,
  title: `Code 4 for a wrong ${variable} names it`,
  does: `executes ADD with ${variable} ${value}`,
  expects: `code 4, and ${variable} in msg or details`,
  roles,
  since: '1.0.0',
  ...(variable === 'CNI_CONTAINERID' && { fast: true }),
  mutants: [`wrong-${variable.slice(4).toLowerCase()}-not-named`],
  async run(on) {
    const environment = { [variable]: value };
    const call = await on.call('ADD', await on.container(), { environment });
    expectRefusal(call, { codes: [4], mentions: [variable] });
  },
}));
