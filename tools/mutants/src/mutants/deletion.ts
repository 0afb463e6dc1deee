import type { Role } from '@vcn-cni/cni-conformance';
import { keepsWhileRunning } from './addition.ts';
import { type Call, namespaceKind, withVariables } from './call.ts';
import type { Mutant } from './mutant.ts';
import { accepts, after, ends, hears, refuses, runs, shell, success } from './ways.ts';

const ofInterface = ['interface'] as const;

const deletes = ({ verb }: Call): boolean => verb === 'DEL';
const when = (test: (call: Call) => boolean | Promise<boolean>) => async (call: Call) =>
  deletes(call) && (await test(call));
/** What a line of sh does not find. */
const lacks = (script: string) => when(async (call) => (await shell(call, script)).exitCode !== 0);

const unknown = lacks(
  'test -e "/var/lib/cni/reference-interface/"*"/$CNI_CONTAINERID:$CNI_IFNAME"',
);

/** A number of the container, from 1 to 250. */
const number = '$(( $(printf %s "$CNI_CONTAINERID" | cksum | cut -d\' \' -f1) % 250 + 1 ))';

/** What is left of each attachment. */
const residues = {
  address: `ip address add 198.51.100.${number}/32 dev lo`,
  rule: `ip rule add from 198.51.100.${number} lookup 99`,
  file: 'mkdir -p /var/lib/cni/stray && : >"/var/lib/cni/stray/$CNI_CONTAINERID"',
  sysctl: 'echo $(( $(cat /proc/sys/net/core/somaxconn) + 1 )) >/proc/sys/net/core/somaxconn',
  shared: 'ip address add 198.51.100.99/32 dev lo',
};

/** How a plugin sees that something is gone. */
const probes: Record<string, { of?: readonly Role[]; script: string }> = {
  'interface-gone': { script: 'inside ip link show dev "$CNI_IFNAME"' },
  'host-link-gone': { script: "ip -o link show | grep -q ' ref'" },
  'addresses-gone': {
    script: 'inside ip -o address show dev "$CNI_IFNAME" scope global | grep -q .',
  },
  'routes-gone': { script: 'inside ip route show | grep -q .' },
  'link-down': { script: 'inside ip -o link show dev "$CNI_IFNAME" up | grep -q .' },
  'host-routes-gone': { script: "ip route show | grep -q ' ref'" },
  'rules-gone': { script: 'nft list ruleset | grep -q .' },
  'queues-gone': { of: ['chained'], script: 'tc qdisc show | grep -q tbf' },
  'files-gone': { script: 'find /var/lib/cni/reference-interface -type f | grep -q .' },
};

const namespaces = {
  unset: 'unset',
  empty: 'empty',
  gone: 'missing',
  'plain-file': 'plain-file',
  'other-kind': 'other-kind',
};

const removesAll =
  "for link in $(ip -o link show | grep -o ' ref[0-9a-f]*'); do ip link delete $link; done";

/** What DEL does. */
export const deletionMutants: readonly Mutant[] = [
  ...Object.entries(residues).map(([what, script]) => ({
    name: `del-leaves-${what}`,
    of: ofInterface,
    does: `ADD makes something (${what}) that DEL leaves`,
    around: runs(script, after('ADD')),
  })),
  {
    name: 'del-removes-other-attachment',
    of: ofInterface,
    does: 'DEL removes the links of all attachments',
    around: runs(removesAll, after('DEL')),
  },
  {
    name: 'del-removes-all-interfaces',
    of: ofInterface,
    does: 'DEL removes all interfaces of the container',
    around: runs('inside ip link delete eth0', after('DEL')),
  },
  {
    name: 'del-refuses-absent-prevresult',
    of: ofInterface,
    does: 'DEL without prevResult is refused',
    around: refuses(
      when(({ config }) => !('prevResult' in config)),
      7,
    ),
  },
  {
    name: 'del-refuses-null-prevresult',
    of: ofInterface,
    does: 'DEL with a prevResult of null is refused',
    around: refuses(
      when(({ config }) => config['prevResult'] === null),
      7,
    ),
  },
  {
    name: 'del-refuses-empty-prevresult',
    of: ofInterface,
    does: 'DEL with an empty prevResult is refused',
    around: refuses(
      when(
        ({ config: { prevResult } }) =>
          typeof prevResult === 'object' && prevResult !== null && !('interfaces' in prevResult),
      ),
      7,
    ),
  },
  {
    name: 'del-trusts-prevresult',
    of: ofInterface,
    does: 'DEL without prevResult does nothing',
    around: ends(
      when(({ config }) => !config['prevResult']),
      success,
    ),
  },
  ...Object.entries(probes).flatMap(([what, { of = ofInterface, script }]): Mutant[] => [
    {
      name: `del-fails-${what}`,
      of,
      does: `DEL is refused when something is not as it was (${what})`,
      around: refuses(lacks(script)),
    },
    {
      name: `del-stops-${what}`,
      of,
      does: `DEL does nothing more when something is not as it was (${what})`,
      around: ends(lacks(script), success),
    },
  ]),
  {
    name: 'del-killed-leaves-reservation',
    of: ofInterface,
    does: 'what a DEL that is killed had begun stays for ever',
    around: keepsWhileRunning('DEL', (id) => `var/lib/cni/stray/${id}.${Date.now()}`),
  },
  {
    name: 'del-killed-leaves-lock',
    of: ofInterface,
    does: 'a DEL that is killed leaves its lock, and nothing works any more',
    async around(call, next) {
      const locked = await shell(call, 'test -e /var/lib/cni/stray.lock');
      if (locked.exitCode === 0) return refuses(() => true, 11)(call, next);
      return keepsWhileRunning('DEL', () => 'var/lib/cni/stray.lock')(call, next);
    },
  },
  ...Object.entries(namespaces).flatMap(([what, kind]): Mutant[] => [
    {
      name: `del-refuses-netns-${what}`,
      of: ofInterface,
      does: `DEL with a CNI_NETNS that is none (${what}) is refused`,
      around: refuses(when(async (call) => (await namespaceKind(call)) === kind)),
    },
    {
      name: `del-netns-${what}-leaves-reservation`,
      of: ofInterface,
      does: `DEL with a CNI_NETNS that is none (${what}) does nothing`,
      around: ends(
        when(async (call) => (await namespaceKind(call)) === kind),
        success,
      ),
    },
  ]),
  ...['del-without-netns-keeps-address', 'del-without-namespace-skips-delegate'].map((name) => ({
    name,
    of: ofInterface,
    does: 'DEL without CNI_NETNS does nothing',
    around: ends(
      when(({ environment }) => !environment['CNI_NETNS']),
      success,
    ),
  })),
  {
    name: 'del-without-interface-skips-delegate',
    of: ofInterface,
    does: 'DEL does nothing when the interface is gone',
    around: ends(lacks(probes['interface-gone']!.script), success),
  },
  ...['del-refuses-second', 'del-refuses-unknown'].map((name) => ({
    name,
    of: ofInterface,
    does: 'DEL of what is not known is refused',
    around: refuses(unknown),
  })),
  {
    name: 'del-refuses-unknown-without-netns',
    of: ofInterface,
    does: 'DEL of what is not known, without CNI_NETNS, is refused',
    around: refuses(async (call) => !call.environment['CNI_NETNS'] && unknown(call)),
  },
  {
    name: 'del-unknown-leaves-file',
    of: ofInterface,
    does: 'DEL writes a file for what is not known',
    around: runs(residues.file, after('DEL')),
  },
  {
    name: 'del-ignores-interface-name',
    of: ofInterface,
    does: 'DEL deletes eth0, whatever it is told',
    around: hears((call) => (deletes(call) ? withVariables(call, { CNI_IFNAME: 'eth0' }) : call)),
  },
  ...Object.entries({ 'container-id': 'CNI_CONTAINERID', 'interface-name': 'CNI_IFNAME' }).flatMap(
    ([what, variable]): Mutant[] => [
      {
        name: `del-without-${what}`,
        of: ofInterface,
        does: `DEL without ${variable} is no error`,
        around: accepts(when(({ environment }) => !environment[variable])),
      },
      {
        name: `del-without-${what}-deletes`,
        of: ofInterface,
        does: `DEL without ${variable} is refused, and deletes what there is`,
        around: runs(
          removesAll,
          ({ exitCode }, call) => exitCode !== 0 && deletes(call) && !call.environment[variable],
        ),
      },
    ],
  ),
];
