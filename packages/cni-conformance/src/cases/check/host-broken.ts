import type { PluginCase, Role } from '../../case.ts';
import { type Attached, type Break, type Tampering, tampered } from './tampering.ts';

const roles: readonly Role[] = ['interface', 'chained', 'meta'];

const onHost = (what: string, line: string): Break => ({ where: 'host', what, line });

/** Words of the lines that ADD added to the state of the host, as `[ 'host', 'link', 'veth0', … ]`. */
const added = ({ onHost: { added: lines } }: Attached, kind: string): string[][] =>
  lines.map((line) => line.split(' ')).filter(([, what]) => what === kind);

const after = (words: readonly string[], key: string): string | undefined => {
  const at = words.indexOf(key);
  return at < 0 ? undefined : words[at + 1];
};

/** Whether a link was there before ADD, in another form. */
const isChanged = ({ onHost: { removed } }: Attached, name = ''): boolean =>
  removed.some((line) => line.startsWith(`host link ${name} `));

const ownRule = /^host (?:nft rule|ip6?tables(?:-legacy)? \S+ -A)/;
const flush =
  'nft flush ruleset; for tool in iptables-legacy ip6tables-legacy; do for table in $(cat /proc/net/ip_tables_names 2>/dev/null); do $tool -t $table -F && $tool -t $table -X; done; done; :';

const tamperings: readonly Tampering[] = [
  {
    id: 'CHK-05',
    what: 'the end of the pair that is on the host is down, so that nothing reaches the container',
    roles: ['interface', 'meta'],
    mutants: ['check-ignores-host-link-down'],
    breaks: (attached) =>
      added(attached, 'link')
        .filter((words) => words.includes('veth') && !isChanged(attached, words[2]))
        .map(([, , name]) => onHost(`${name} is down`, `ip link set dev ${name} down`)),
  },
  {
    id: 'CHK-04/host-address',
    what: 'an address that ADD gave to the host is deleted',
    roles,
    mutants: ['check-ignores-host-address'],
    breaks: (attached) =>
      added(attached, 'address').map(([, , link, address]) =>
        onHost(`${address} of ${link} is deleted`, `ip address delete ${address} dev ${link}`),
      ),
  },
  {
    id: 'CHK-04/host-route',
    what: 'a route that ADD made on the host is deleted',
    roles,
    mutants: ['check-ignores-host-route'],
    breaks: ({ hostRoutes }) =>
      hostRoutes.map(({ family, destination, link, table }) =>
        onHost(
          `the route to ${destination} is deleted`,
          `ip -${family} route delete ${destination} dev ${link} table ${table}`,
        ),
      ),
  },
  {
    id: 'CHK-04/rules',
    what: 'the firewall of the host was flushed',
    roles,
    mutants: ['check-ignores-rules'],
    breaks: ({ onHost: { added: lines } }) =>
      lines.some((line) => ownRule.test(line)) ? [onHost('the firewall was flushed', flush)] : [],
  },
  {
    id: 'CHK-04/queues',
    what: 'a queueing discipline that ADD made is deleted',
    roles,
    mutants: ['check-ignores-queues'],
    breaks: (attached) =>
      added(attached, 'qdisc').map((words) => {
        const [link, kind] = [after(words, 'dev'), words[2]];
        const place = kind === 'ingress' || kind === 'clsact' ? kind : 'root';
        return onHost(`${kind} of ${link} is deleted`, `tc qdisc delete dev ${link} ${place}`);
      }),
  },
  {
    id: 'CHK-04/neighbours',
    what: 'a permanent neighbour that ADD made on the host is deleted',
    roles,
    mutants: ['check-ignores-neighbours'],
    breaks: (attached) =>
      added(attached, 'neighbour').map((words) =>
        onHost(
          `the neighbour ${after(words, 'dst')} is deleted`,
          `ip neighbour delete ${after(words, 'dst')} dev ${after(words, 'dev')}`,
        ),
      ),
  },
  {
    id: 'CHK-04/files',
    what: 'the record of the reservation is deleted',
    roles: ['interface', 'ipam', 'meta'],
    mutants: ['check-ignores-reservation'],
    breaks: (attached) => {
      // Of a daemon, its files are its own affair; of host-local, one only says where its next search begins.
      if (attached.on.hints.daemon) return [];
      const paths = added(attached, 'file')
        .map(([, , path = '']) => path)
        .filter((path) => !/\/(?:last_reserved_ip\.\d+|lock)$/.test(path));
      if (paths.length === 0) return [];
      return [onHost(`${paths.join(', ')} deleted`, `rm -f ${paths.join(' ')}`)];
    },
  },
  {
    id: 'CHK-04/named',
    what: 'something that the hints name, under tamper, is broken',
    roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
    mutants: ['check-ignores-hinted'],
    breaks: ({ on, container, result }) =>
      on.hints.tamper.map(({ what, command }) => {
        const address = result.ips?.[0]?.address.split('/')[0] ?? '';
        return onHost(
          `${what} is broken`,
          `CONTAINER_ID='${container.id}' NETNS='${container.netns}' IFNAME='${container.ifname}' ADDRESS='${address}'; ${command}`,
        );
      }),
  },
];

export const hostBroken: readonly PluginCase[] = tamperings.map(tampered);
