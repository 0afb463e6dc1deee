import type { Role } from '../../case.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import type { Difference } from '../../state/difference.ts';

interface Made extends Difference {
  readonly container: Container;
}

/** What somebody removes by hand; none where ADD made nothing of the kind. */
interface Removal {
  readonly name: string;
  readonly what: string;
  readonly roles: readonly Role[];
  readonly fast?: true;
  readonly lines: (
    made: Made,
    on: PluginHarness,
  ) => readonly (readonly ['host' | 'container', string])[];
}

/** Words of the lines of a state that ADD added, as `[ 'c1', 'link', 'eth0', … ]`. */
const added = (lines: readonly string[], where: string, kind: string): string[][] =>
  lines.map((line) => line.split(' ')).filter(([at, what]) => at === where && what === kind);

/** Names of links that were not there in another form. */
function newLinks({ added: now, removed }: Difference): string[] {
  const before = new Set(added(removed, 'host', 'link').map(([, , name]) => name));
  return added(now, 'host', 'link').flatMap(([, , name = '']) => (before.has(name) ? [] : [name]));
}

function routeRemoval(words: readonly string[]): string {
  const given = ['dev', 'table'].flatMap((key) => {
    const at = words.indexOf(key);
    return at < 0 ? [] : [key, words[at + 1]];
  });
  return `ip route delete ${words[2]} ${given.join(' ')}`;
}

const ownRule = /^host (?:nft rule|ip6?tables(?:-legacy)? \S+ -A)/;

export const removals: readonly Removal[] = [
  {
    name: 'interface-gone',
    what: 'the interface of the container is deleted',
    roles: ['interface', 'chained', 'meta'],
    fast: true,
    lines: ({ container }) => [['container', `ip link delete ${container.ifname}`]],
  },
  {
    name: 'host-link-gone',
    what: 'the links that ADD made on the host are deleted',
    roles: ['interface', 'chained', 'meta'],
    lines: (made) =>
      newLinks(made).map(
        (name) => ['host', `ip link delete ${name} 2>/dev/null || ! ip link show ${name}`] as const,
      ),
  },
  {
    name: 'addresses-gone',
    what: 'the addresses of the container are deleted',
    roles: ['interface', 'chained', 'loopback', 'meta'],
    lines: ({ container }) => [['container', `ip address flush dev ${container.ifname}`]],
  },
  {
    name: 'routes-gone',
    what: 'the routes of the container are deleted',
    roles: ['interface', 'chained', 'meta'],
    lines: () => [['container', 'ip -4 route flush table main; ip -6 route flush table main']],
  },
  {
    name: 'link-down',
    what: 'the interface of the container is set down',
    roles: ['interface', 'meta'],
    lines: ({ container }) => [['container', `ip link set dev ${container.ifname} down`]],
  },
  {
    name: 'host-routes-gone',
    what: 'the routes that ADD made on the host are deleted',
    roles: ['interface', 'chained', 'meta'],
    lines: (made) =>
      added(made.added, 'host', 'route').map((words) => ['host', routeRemoval(words)] as const),
  },
  {
    name: 'rules-gone',
    what: 'the firewall of the host is flushed',
    roles: ['interface', 'chained', 'meta'],
    lines: (made) =>
      made.added.some((line) => ownRule.test(line))
        ? [
            [
              'host',
              'nft flush ruleset; for each in iptables-legacy ip6tables-legacy; do for table in $(cat /proc/net/ip_tables_names 2>/dev/null); do $each -t $table -F && $each -t $table -X; done; done; :',
            ],
          ]
        : [],
  },
  {
    name: 'queues-gone',
    what: 'the queueing disciplines that ADD made are deleted',
    roles: ['interface', 'chained', 'meta'],
    lines: (made) =>
      added(made.added, 'host', 'qdisc').map(
        (words) =>
          [
            'host',
            `tc qdisc delete dev ${words[words.indexOf('dev') + 1]} ${words.includes('ingress') ? 'ingress' : 'root'}`,
          ] as const,
      ),
  },
  {
    name: 'files-gone',
    what: 'the files that ADD wrote are deleted',
    roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
    fast: true,
    lines: (made, on) =>
      // Of a daemon, its files are its own affair.
      on.hints.daemon
        ? []
        : added(made.added, 'host', 'file').map(([, , path]) => ['host', `rm -f ${path}`] as const),
  },
];
