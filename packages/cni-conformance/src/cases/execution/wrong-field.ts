import { type PluginCase, roles } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectAnswer } from '../../judge/expect-answer.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { codesSince } from '../steps/codes-since.ts';
import { unchanged } from '../steps/unchanged.ts';

/** Values that a field cannot have. */
const fields: readonly {
  field: string;
  values: readonly unknown[];
  codes: readonly number[];
  mutants: readonly string[];
  /** Whether the plugin certainly reads it. */
  read: (on: PluginHarness) => boolean;
}[] = [
  {
    field: 'name',
    values: [7, true, ['net'], {}],
    codes: [6, 7],
    mutants: ['accepts-name-number', 'wrong-field-wrong-code'],
    read: () => true,
  },
  {
    field: 'cniVersion',
    values: [1, true, ['1.0.0'], {}],
    codes: [1, 6, 7],
    mutants: ['accepts-cni-version-number'],
    read: () => true,
  },
  {
    field: 'type',
    values: [7, ['type'], {}],
    codes: [],
    mutants: ['type-number-panics'],
    read: () => false,
  },
  {
    field: 'prevResult',
    values: ['result', ['result'], { ips: 'none' }, { ips: [{ address: 7 }] }],
    codes: [],
    mutants: ['prev-result-text-accepted', 'prev-result-text-panics'],
    read: ({ role }) => role === 'chained',
  },
  {
    field: 'ipam',
    values: ['host-local', ['host-local'], { type: 7 }],
    codes: [],
    mutants: ['ipam-text-accepted', 'ipam-text-panics'],
    read: ({ config }) => config['ipam'] !== undefined,
  },
  {
    field: 'dns',
    values: ['10.99.0.53', { nameservers: '10.99.0.53' }, { nameservers: [7] }, { domain: 7 }],
    codes: [],
    mutants: ['dns-text-panics', 'dns-number-in-result'],
    read: () => false,
  },
  {
    field: 'args',
    values: ['K=V', ['K=V'], { cni: 'labels' }],
    codes: [],
    mutants: ['args-text-panics'],
    read: () => false,
  },
  {
    field: 'runtimeConfig',
    values: ['mac', ['mac'], { mac: 7 }, { ips: '10.99.0.7/24' }, { portMappings: {} }],
    codes: [],
    mutants: ['runtime-config-text-panics'],
    read: () => false,
  },
];

export const wrongFields: readonly PluginCase[] = fields.map(
  ({ field, values, codes, mutants, read }) => ({
    id: `EXE-05/${field}`,
    title: `${field} of a wrong type is refused in words${codes.length > 0 ? '' : ' by who reads it'}`,
    does: `executes ADD with ${values.map((value) => JSON.stringify(value)).join(', ')} as ${field}`,
    expects:
      codes.length > 0
        ? `each is refused with code ${codes.join(' or ')}, and changes nothing`
        : 'one error object; or one result, where the plugin does not read it',
    roles,
    mutants,
    async run(on) {
      const container = await on.container();
      if (!read(on)) return answersEach(on, field, values);
      return unchanged(on, container, async () => {
        for (const value of values) {
          const call = await on.call('ADD', container, { config: { [field]: value } });
          expectRefusal(call, codes.length > 0 ? codesSince(on, '1.0.0', ...codes) : {});
        }
      });
    },
  }),
);

async function answersEach(
  on: PluginHarness,
  field: string,
  values: readonly unknown[],
): Promise<void> {
  for (const value of values) {
    const container = await on.container();
    const call = await on.call('ADD', container, { config: { [field]: value } });
    if (expectAnswer(on, call)) {
      await on.call('DEL', container, { config: { prevResult: call.document as JsonObject } });
    }
  }
}
