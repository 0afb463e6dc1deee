import { withVariables } from './call.ts';
import type { Mutant } from './mutant.ts';
import { accepts, ends, hears, is, panic, refuses, refusing, withCode } from './ways.ts';

const ofInterface = ['interface'] as const;
const verbs = ['ADD', 'DEL', 'CHECK', 'GC', 'STATUS', 'VERSION'];
const short = {
  containerid: 'CNI_CONTAINERID',
  netns: 'CNI_NETNS',
  ifname: 'CNI_IFNAME',
  path: 'CNI_PATH',
} as const;

const without = (verb: string, variable: keyof typeof short): Mutant => ({
  name: `${verb.toLowerCase()}-without-${variable}`,
  of: ofInterface,
  does: `${verb} without ${short[variable]} is no error`,
  around: accepts((call) => call.verb === verb && !call.environment[short[variable]]),
});

const containerIds = {
  empty: (id = '') => id === '',
  separator: (id = '') => id.includes('/'),
  characters: (id = '') => id !== '' && !/^[a-z0-9][\w.-]*$/i.test(id) && !id.includes('/'),
};

const allowedIds = {
  'short-container-id': (id: string) => id.length === 1,
  'container-id-with-dots': (id: string) => id.includes('.'),
  'long-container-id': (id: string) => id.length > 63,
};

const isWrongName = (name = ''): boolean =>
  Buffer.byteLength(name) > 15 || /[/:\s]|^\.+$/.test(name);

const named = (change: (name: string) => string) =>
  hears((call) =>
    call.verb === 'ADD'
      ? withVariables(call, { CNI_IFNAME: change(call.environment['CNI_IFNAME'] ?? '') })
      : call,
  );

const notNamed = (variable: string): Mutant => ({
  name: `wrong-${variable.slice(4).toLowerCase()}-not-named`,
  of: ofInterface,
  does: `an error about ${variable} does not name it`,
  around: refusing((error) =>
    JSON.stringify(error).includes(variable) && error['code'] === 4
      ? { ...error, msg: 'invalid argument', details: '' }
      : error,
  ),
});

/** The variables of a call. */
export const variableMutants: readonly Mutant[] = [
  ...Object.entries(containerIds).map(([what, matches]) => ({
    name: `accepts-container-id-${what}`,
    of: ofInterface,
    does: `an id of a container that is wrong (${what}) is no error`,
    around: accepts(({ environment }) => matches(environment['CNI_CONTAINERID'])),
  })),
  ...Object.entries(allowedIds).map(([what, matches]) => ({
    name: `refuses-${what}`,
    of: ofInterface,
    does: `an id of a container that is allowed (${what}) is refused`,
    around: refuses(({ environment }) => matches(environment['CNI_CONTAINERID'] ?? ''), 4),
  })),
  ...(['containerid', 'netns', 'ifname'] as const).flatMap((variable) => [
    without('ADD', variable),
    without('CHECK', variable),
  ]),
  without('DEL', 'containerid'),
  without('DEL', 'ifname'),
  without('GC', 'path'),
  {
    name: 'names-one-missing-variable',
    of: ofInterface,
    does: 'of variables that are missing the first is named',
    around: refusing((error) => ({
      ...error,
      msg: String(error['msg']).replace(/,CNI_[A-Z,_]+/, ''),
    })),
  },
  {
    name: 'missing-variables-wrong-code',
    of: ofInterface,
    does: 'missing variables are refused with code 7',
    around: withCode([4], 7),
  },
  {
    name: 'path-required',
    of: ['ipam'],
    does: 'CNI_PATH is asked for by every verb',
    around: refuses(({ environment }) => !environment['CNI_PATH'], 4, 'CNI_PATH is missing'),
  },
  {
    name: 'ifname-cut',
    of: ofInterface,
    does: 'a name that is too long is cut',
    around: named((name) => Buffer.from(name).toString('utf8', 0, 15)),
  },
  {
    name: 'ifname-replaced',
    of: ofInterface,
    does: 'instead of a wrong name eth0 is used',
    around: named((name) => (isWrongName(name) ? 'eth0' : name)),
  },
  {
    name: 'ifname-cut-at-14',
    of: ofInterface,
    does: 'names have 14 characters at most, and are cut',
    around: named((name) => name.slice(0, 14)),
  },
  {
    name: 'ifname-without-dot',
    of: ofInterface,
    does: 'dots of a name are left out',
    around: named((name) => name.replaceAll('.', '')),
  },
  {
    name: 'ifname-as-template',
    of: ofInterface,
    does: '%d in a name becomes a number',
    around: named((name) => name.replace('%d', '0')),
  },
  {
    name: 'ifname-lower-case',
    of: ofInterface,
    does: 'names are in lower case',
    around: named((name) => name.toLowerCase()),
  },
  {
    name: 'loopback-ignores-ifname',
    of: ['loopback'],
    does: 'brings up lo, whatever CNI_IFNAME is',
    around: named(() => 'lo'),
  },
  {
    name: 'refuses-unknown-args-of-config',
    of: ofInterface,
    does: 'keys of args that are not known are refused',
    around: refuses(({ config: { args } }) => JSON.stringify(args ?? '').includes('labels'), 7),
  },
  {
    name: 'refuses-kubernetes-args',
    of: ofInterface,
    does: 'keys of CNI_ARGS that Kubernetes sends are refused',
    around: refuses(({ environment }) => /K8S_/.test(environment['CNI_ARGS'] ?? ''), 4),
  },
  {
    name: 'unknown-args-not-named',
    of: ofInterface,
    does: 'an unknown key of CNI_ARGS is refused, and not named',
    around: refuses(({ environment }) => /CONFORMANCE/.test(environment['CNI_ARGS'] ?? ''), 4),
  },
  {
    name: 'malformed-args-crash',
    of: ofInterface,
    does: 'CNI_ARGS without = end in a panic',
    around: ends(({ environment }) => environment['CNI_ARGS'] === 'K', panic),
  },
  {
    name: 'unknown-command-succeeds',
    of: ofInterface,
    does: 'a verb that is none is no error',
    around: accepts(({ verb }) => verb !== '' && !verbs.includes(verb)),
  },
  {
    name: 'command-in-any-case',
    of: ofInterface,
    does: 'verbs may be in lower case',
    around: hears((call) => withVariables(call, { CNI_COMMAND: call.verb.toUpperCase() })),
  },
  {
    name: 'unknown-command-wrong-code',
    of: ofInterface,
    does: 'a verb that is none is refused with code 7',
    around: withCode([4], 7, ({ verb }) => !verbs.includes(verb)),
  },
  {
    name: 'missing-command-succeeds',
    of: ofInterface,
    does: 'no verb is no error',
    around: accepts(({ verb }) => verb === ''),
  },
  ...['CNI_CONTAINERID', 'CNI_IFNAME', 'CNI_COMMAND'].map(notNamed),
  ...['STATUS', 'GC'].map((verb) => ({
    name: `${verb.toLowerCase()}-needs-container`,
    of: ofInterface,
    does: `${verb} is refused with code 3, for it has no container`,
    around: refuses(is(verb), 3, 'missing containerID'),
  })),
  {
    name: 'unknown-verb-needs-container',
    of: ofInterface,
    does: 'a verb that is none is refused with code 3, for it has no container',
    around: withCode([4], 3, ({ verb }) => !verbs.includes(verb)),
  },
];
