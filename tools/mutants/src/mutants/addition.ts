import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isScripted, namespaceKind, withConfig, withVariables } from './call.ts';
import type { Around, Mutant } from './mutant.ts';
import { accepts, after, hears, refused, refuses, results, runs, says, success } from './ways.ts';

const ofInterface = ['interface'] as const;
const ofChained = ['chained'] as const;

const added = after('ADD');
const failed = (...codes: number[]) => {
  const isRefused = refused(...codes);
  return (...[outcome, { verb }]: Parameters<typeof added>) => verb === 'ADD' && isRefused(outcome);
};

const strayLink = 'ip link add stray type veth peer name stray0';
const strayAddress = 'ip address add 198.51.100.1/32 dev lo';
const strayFile = `mkdir -p /var/lib/cni/stray && : >"/var/lib/cni/stray/$CNI_CONTAINERID"`;

const needed = {
  'container-id': 'CNI_CONTAINERID',
  namespace: 'CNI_NETNS',
  'interface-name': 'CNI_IFNAME',
};

/** A file is there as long as `verb` goes on: what is killed leaves it. */
export const keepsWhileRunning =
  (verb: string, file: (id: string) => string): Around =>
  async (call, next) => {
    if (call.verb !== verb) return next(call);
    const path = join(call.caller.root, file(call.environment['CNI_CONTAINERID'] ?? ''));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
    const outcome = await next(call);
    await rm(path, { force: true });
    return outcome;
  };

/** What ADD does. */
export const additionMutants: readonly Mutant[] = [
  {
    name: 'add-makes-other-name',
    of: ofInterface,
    does: 'the interface is always net0',
    around: hears((call) => withVariables(call, { CNI_IFNAME: 'net0' })),
  },
  {
    name: 'add-leaves-link-down',
    of: ofInterface,
    does: 'the interface is down',
    around: runs('inside ip link set "$CNI_IFNAME" down', added),
  },
  {
    name: 'chained-replaces-link',
    of: ofChained,
    does: 'there is another interface under the name',
    around: runs(
      'inside ip link delete "$CNI_IFNAME"; inside ip link add "$CNI_IFNAME" type veth peer name other0',
      added,
    ),
  },
  {
    name: 'chained-removes-address',
    of: ofChained,
    does: 'the interface loses its addresses',
    around: runs('inside ip address flush dev "$CNI_IFNAME" scope global', added),
  },
  {
    name: 'chained-sets-link-down',
    of: ofChained,
    does: 'the interface is down',
    around: runs('inside ip link set "$CNI_IFNAME" down', added),
  },
  {
    name: 'add-changes-other-container',
    of: ofInterface,
    does: 'other containers get an address',
    around: runs(
      'for other in /run/netns/*; do [ "$other" = "$CNI_NETNS" ] || nsenter --net="$other" ip address add 198.51.100.7/32 dev lo; done',
      added,
    ),
  },
  {
    name: 'add-ignores-prevresult',
    of: ofInterface,
    does: 'what came before is not in the result',
    around: hears((call) =>
      call.verb === 'ADD' && 'prevResult' in call.config
        ? withConfig(call, { prevResult: undefined })
        : call,
    ),
  },
  ...['add-ignores-existing-link', 'add-accepts-second', 'add-accepts-other-id'].map((name) => ({
    name,
    of: ofInterface,
    does: 'an interface that is there already is no error',
    around: says((outcome, call) => (failed(100)(outcome, call) ? success : outcome)),
  })),
  {
    name: 'add-changes-existing-link',
    of: ofInterface,
    does: 'an interface that is there already loses its addresses',
    around: runs('inside ip address flush dev "$CNI_IFNAME"', failed(100)),
  },
  ...['add-second-unwinds-first', 'add-other-id-unwinds-first'].map((name) => ({
    name,
    of: ofInterface,
    does: 'an ADD that fails removes the interface that was there',
    around: runs('inside ip link delete "$CNI_IFNAME"', failed(100)),
  })),
  {
    name: 'add-refuses-second-interface',
    of: ofInterface,
    does: 'a container has one interface',
    around: refuses(
      ({ verb, environment }) => verb === 'ADD' && environment['CNI_IFNAME'] === 'eth1',
    ),
  },
  {
    name: 'add-second-interface-same-address',
    of: ['ipam'],
    does: 'all interfaces of a container have the same addresses',
    around: results((result, { environment }) =>
      environment['CNI_IFNAME'] === 'eth0'
        ? result
        : { ...result, ips: [{ address: '10.90.0.2/24' }, { address: 'fd00:90::2/64' }] },
    ),
  },
  ...Object.entries(needed).flatMap(([what, variable]): Mutant[] => [
    {
      name: `add-without-${what}`,
      of: ofInterface,
      does: `ADD without ${variable} is no error`,
      around: accepts(({ verb, environment }) => verb === 'ADD' && !environment[variable]),
    },
    {
      name: `add-without-${what}-changes`,
      of: ofInterface,
      does: `ADD without ${variable} is refused, and changes the host`,
      around: runs(
        strayAddress,
        ({ exitCode }, { verb, environment }) =>
          exitCode !== 0 && verb === 'ADD' && !environment[variable],
      ),
    },
  ]),
  {
    name: 'add-misses-address',
    of: ofInterface,
    does: 'an address of the result is not on the interface',
    around: runs('inside ip -4 address flush dev "$CNI_IFNAME"', added),
  },
  {
    name: 'add-misses-route',
    of: ofInterface,
    does: 'a route of the result is not there',
    around: runs('inside ip -4 route delete default', added),
  },
  {
    name: 'add-address-tentative',
    of: ofInterface,
    does: 'ADD does not wait for duplicate detection',
    around: runs(
      `address=$(inside ip -6 -o address show dev "$CNI_IFNAME" scope global | awk '{ print $4 }')
      inside ip address delete "$address" dev "$CNI_IFNAME"
      inside ip address add "$address" dev "$CNI_IFNAME"`,
      added,
    ),
  },
  ...(['ipam', 'address', 'route'] as const).map((what) => ({
    name: `add-${what}-failure-leaves-link`,
    of: ofInterface,
    does: 'a link of an ADD that could not be finished stays for ever',
    around: runs(strayLink, (_, { verb, config }) => verb === 'ADD' && isScripted(config)),
  })),
  {
    name: 'add-name-failure-leaves-reservation',
    of: ofInterface,
    does: 'an ADD that fails for its name leaves a file',
    around: runs(strayFile, failed(100)),
  },
  {
    name: 'chained-failure-leaves-rule',
    of: ofChained,
    does: 'an ADD that fails leaves a table',
    around: runs('nft add table inet stray', failed()),
  },
  ...(['missing', 'plain-file', 'folder', 'other-kind'] as const).flatMap((kind): Mutant[] => [
    {
      name: `add-accepts-namespace-${kind}`,
      of: ofInterface,
      does: `a CNI_NETNS that is none (${kind}) is no error`,
      around: accepts(async (call) => call.verb === 'ADD' && (await namespaceKind(call)) === kind),
    },
    {
      name: `add-namespace-${kind}-leaves-reservation`,
      of: ofInterface,
      does: `an ADD that fails for its CNI_NETNS (${kind}) leaves a file`,
      around: runs(
        strayFile,
        async (outcome, call) => failed(102)(outcome, call) && (await namespaceKind(call)) === kind,
      ),
    },
  ]),
  {
    name: 'add-accepts-host-namespace',
    of: ofInterface,
    does: "the host's own namespace is no error",
    around: says((outcome, call) => (failed(101)(outcome, call) ? success : outcome)),
  },
  {
    name: 'add-host-namespace-checked-last',
    of: ofInterface,
    does: "the host's own namespace is refused when all is done there",
    around: runs(strayAddress, failed(101)),
  },
  {
    name: 'add-killed-leaves-reservation',
    of: ofInterface,
    does: 'what an ADD that is killed reserved is never released',
    around: keepsWhileRunning('ADD', (id) => `var/lib/cni/stray/${id}`),
  },
  {
    name: 'add-killed-leaves-lock',
    of: ofInterface,
    does: 'an ADD that is killed leaves its lock',
    around: keepsWhileRunning('ADD', () => 'var/lib/cni/stray.lock'),
  },
];
