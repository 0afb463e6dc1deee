import { type Call, objectOf, withConfig } from './call.ts';
import type { Mutant } from './mutant.ts';
import { accepts, ends, failure, hears, panic, refuses, results, says, withCode } from './ways.ts';

const text = ({ stdin }: Call): string => String(stdin);
const isName = (test: (name: unknown) => boolean) => (call: Call) =>
  objectOf(text(call)) !== undefined && test(call.config['name']);
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isKnownIpam = (ipam: unknown): boolean =>
  isObject(ipam) && typeof (ipam as { type?: unknown }).type === 'string';

const isWrongDns = ({ config: { dns } }: Call): boolean =>
  dns !== undefined && !/^\{"nameservers":\["/.test(JSON.stringify(dns));

const ofInterface = ['interface'] as const;

/** What a configuration says. */
export const configurationMutants: readonly Mutant[] = [
  {
    name: 'accepts-name-with-separator',
    of: ofInterface,
    does: 'a name with a slash is no error',
    around: accepts(isName((name) => String(name).includes('/'))),
  },
  {
    name: 'accepts-name-with-wrong-first',
    of: ofInterface,
    does: 'a name may begin with anything',
    around: accepts(isName((name) => /^[-._]/.test(String(name)))),
  },
  {
    name: 'accepts-name-with-wrong-character',
    of: ofInterface,
    does: 'a name may hold any character',
    around: accepts(isName((name) => /[^\w.\-/]/.test(String(name)))),
  },
  {
    name: 'accepts-config-without-name',
    of: ofInterface,
    does: 'no name is no error',
    around: accepts(isName((name) => !name)),
  },
  {
    name: 'refuses-after-its-work',
    of: ofInterface,
    does: 'ADD looks at the name when all is done, and leaves it',
    async around(call, next) {
      if (call.verb !== 'ADD' || call.config['name']) return next(call);
      await next(withConfig(call, { name: 'nameless' }));
      return failure(call, 7, 'name is missing');
    },
  },
  {
    name: 'refuses-short-name',
    of: ofInterface,
    does: 'a name has two characters at least',
    around: refuses(
      isName((name) => String(name).length < 2),
      7,
    ),
  },
  {
    name: 'refuses-name-with-dots',
    of: ofInterface,
    does: 'a name may hold no dot',
    around: refuses(
      isName((name) => String(name).includes('.')),
      7,
    ),
  },
  {
    name: 'dns-loses-a-part',
    of: ofInterface,
    does: 'options of dns are not in the result',
    around: results((result) => {
      const { options, ...dns } = (result['dns'] ?? {}) as Record<string, unknown>;
      return { ...result, dns };
    }),
  },
  {
    name: 'dns-reorders',
    of: ofInterface,
    does: 'nameservers of the result are in another order',
    around: results((result) => {
      const dns = (result['dns'] ?? {}) as { nameservers?: string[] };
      return { ...result, dns: { ...dns, nameservers: dns.nameservers?.toReversed() } };
    }),
  },
  {
    name: 'masquerades-unasked',
    of: ofInterface,
    does: 'ipMasq is taken to be true',
    around: hears((call) => (call.verb === 'ADD' ? withConfig(call, { ipMasq: true }) : call)),
  },
  {
    name: 'ipam-type-ignored',
    of: ofInterface,
    does: 'addresses are always asked of the same plugin',
    around: hears((call) =>
      isKnownIpam(call.config['ipam'])
        ? withConfig(call, { ipam: { type: 'reference-ipam', subnets: ['10.92.0.0/24'] } })
        : call,
    ),
  },
  {
    name: 'refuses-unknown-field-unnamed',
    of: ofInterface,
    does: 'an unknown field is refused, and not named',
    around: refuses(({ config }) => 'conformanceUnknown' in config, 2, 'unsupported field'),
  },
  {
    name: 'refuses-unknown-field-wrong-code',
    of: ofInterface,
    does: 'an unknown field is refused with code 7',
    around: refuses(
      ({ config }) => 'conformanceUnknown' in config,
      7,
      'unsupported field conformanceUnknown: value-of-nobody',
    ),
  },
  {
    name: 'no-name-wrong-code',
    of: ofInterface,
    does: 'a missing name is refused with code 6',
    around: withCode([7], 6, ({ config }) => !config['name']),
  },
  {
    name: 'accepts-name-number',
    of: ofInterface,
    does: 'a name may be of any type',
    around: accepts(isName((name) => name !== undefined && typeof name !== 'string')),
  },
  {
    name: 'wrong-field-wrong-code',
    of: ofInterface,
    does: 'a name of another type is refused with code 11',
    around: withCode([6, 7], 11, ({ config: { name } }) => typeof name !== 'string'),
  },
  {
    name: 'accepts-cni-version-number',
    of: ofInterface,
    does: 'cniVersion may be of any type',
    around: accepts(({ config: { cniVersion } }) => typeof cniVersion !== 'string'),
  },
  {
    name: 'type-number-panics',
    of: ofInterface,
    does: 'a type that is no text ends in a panic',
    around: ends(({ config: { type } }) => type !== undefined && typeof type !== 'string', panic),
  },
  ...(['accepted', 'panics'] as const).flatMap((end): Mutant[] => {
    const broken = (when: (call: Call) => boolean) =>
      says((outcome, call) =>
        outcome.exitCode === 0 || !when(call)
          ? outcome
          : end === 'panics'
            ? panic
            : { exitCode: 0, stdout: '', stderr: '' },
      );
    return [
      {
        name: `prev-result-text-${end}`,
        of: ['interface', 'chained'],
        does: `a prevResult that is none ${end === 'panics' ? 'ends in a panic' : 'is no error'}`,
        around: broken(({ config }) => config['prevResult'] !== undefined),
      },
      {
        name: `ipam-text-${end}`,
        of: ofInterface,
        does: `an ipam that is none ${end === 'panics' ? 'ends in a panic' : 'is no error'}`,
        around: broken(({ config: { ipam } }) => !isKnownIpam(ipam)),
      },
    ];
  }),
  {
    name: 'dns-text-panics',
    of: ofInterface,
    does: 'a dns that is none ends in a panic',
    around: ends((call) => call.verb === 'ADD' && isWrongDns(call), panic),
  },
  {
    name: 'dns-number-in-result',
    of: ofInterface,
    does: 'whatever dns is, it goes to the result',
    async around(call, next) {
      if (call.verb !== 'ADD' || !isWrongDns(call)) return next(call);
      const { dns } = call.config;
      return results((result) => ({ ...result, dns }))(withConfig(call, { dns: undefined }), next);
    },
  },
  {
    name: 'args-text-panics',
    of: ofInterface,
    does: 'args that are none end in a panic',
    around: ends(
      ({ config: { args } }) =>
        args !== undefined && !(isObject(args) && isObject((args as { cni?: unknown }).cni ?? {})),
      panic,
    ),
  },
  {
    name: 'runtime-config-text-panics',
    of: ofInterface,
    does: 'a runtimeConfig that is none ends in a panic',
    around: ends(
      ({ config: { runtimeConfig } }) => runtimeConfig !== undefined && !isObject(runtimeConfig),
      panic,
    ),
  },
];
