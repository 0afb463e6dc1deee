import { formatRule, type ParsedRule, parseRuleset } from '@vcn-cni/nftables';
import type { JsonObject } from '../evidence.ts';
import type { State } from './state.ts';

/** Of a link, address, route: what moves by itself, and what differs from one making to the next. */
const volatile = new Set([
  ...[
    'ifindex',
    'link_index',
    'link_netnsid',
    'operstate',
    'linkmode',
    'qdisc',
    'promiscuity',
    'stats64',
    'stats',
  ],
  ...[
    'num_tx_queues',
    'num_rx_queues',
    'gso_max_size',
    'gso_max_segs',
    'tso_max_size',
    'tso_max_segs',
  ],
  ...['gro_max_size', 'gso_ipv4_max_size', 'gro_ipv4_max_size', 'allmulti', 'min_mtu', 'max_mtu'],
  ...['inet6_addr_gen_mode', 'broadcast', 'link_type', 'permaddr', 'parentbus', 'parentdev'],
  ...[
    'valid_life_time',
    'preferred_life_time',
    'expires',
    'used',
    'cacheinfo',
    'pref',
    'state',
    'protocol',
    'bridge_id',
    'root_id',
    'root_port',
    'topology_change',
    'topology_change_detected',
  ],
]);
const keptFlags = new Set(['UP', 'NOARP', 'PROMISC', 'ALLMULTI', 'onlink']);

/** Reads what the state script printed into lines that begin with `where`, as `host` or a container's name. */
export function parseState(where: string, text: string): State {
  const lines = text
    .split(/^@@ /m)
    .slice(1)
    .flatMap((section) => {
      const end = section.indexOf('\n');
      return linesOf(section.slice(0, end).trim(), section.slice(end + 1).trim());
    });
  return lines.map((line) => `${where} ${line}`).sort();
}

function linesOf(section: string, body: string): string[] {
  if (body === '') return [];
  const [kind = '', ...rest] = section.split(' ');
  const name = kind.replace(/[46]$/, '');
  switch (kind) {
    case 'link':
      return objects(body).map((link) => `link ${link['ifname']} ${fields(link, ['ifname'])}`);
    case 'address':
      return objects(body).flatMap((link) =>
        ((link['addr_info'] ?? []) as JsonObject[])
          .filter(({ local }) => !isKernelAddress(String(local)))
          .map(
            (address) =>
              `address ${link['ifname']} ${address['local']}/${address['prefixlen']} ${fields(address, ['local', 'prefixlen', 'family', 'label', 'dynamic', 'tentative'])}`,
          ),
      );
    case 'route4':
    case 'route6':
      return objects(body)
        .filter((route) => route['table'] !== 'local' && !isKernelLinkLocal(route))
        .map((route) => `${name} ${route['dst']} ${fields(route, ['dst'])}`);
    case 'rule4':
    case 'rule6':
    case 'neighbour':
    case 'proxy':
      return objects(body).map((entry) => `${name} ${fields(entry, [])}`);
    case 'nft':
      return nftLines(body);
    case 'iptables':
    case 'ip6tables':
    case 'iptables-legacy':
    case 'ip6tables-legacy':
      return saveLines(body).map((line) => `${kind} ${line}`);
    case 'sysctl':
      return body
        .split('\n')
        .map(
          (line) => `sysctl ${line.replace('./', 'net.').replaceAll('/', '.').replace(':', '=')}`,
        );
    default:
      // tc prints its numbers in their own words; of a device that has a queue by itself there is nothing to say.
      return body
        .split('\n')
        .map((line) => line.trim())
        .filter(
          (line) => line !== '' && !/^qdisc (noqueue|mq|pfifo_fast|fq_codel|fq|mq) /.test(line),
        )
        .map((line) =>
          kind === 'qdisc' ? line.replace(/ refcnt \d+/, '') : [kind, ...rest, line].join(' '),
        );
  }
}

const objects = (json: string): JsonObject[] => JSON.parse(json) as JsonObject[];

/** The kernel adds them when a link comes up, in its own time. */
const isKernelAddress = (address: string): boolean =>
  address.startsWith('fe80:') || address === '127.0.0.1' || address === '::1';

/** These come and go when the kernel has ended duplicate detection. */
const isKernelLinkLocal = (route: JsonObject): boolean =>
  /^(fe80::\/64|ff00::\/8)$/.test(String(route['dst'])) && route['protocol'] === 'kernel';

function fields(object: JsonObject, without: readonly string[]): string {
  return Object.entries(object)
    .filter(([key]) => !volatile.has(key) && !key.endsWith('_timer') && !without.includes(key))
    .flatMap(([key, value]) => {
      const text = shown(key, value);
      return text === '' ? [] : [`${key} ${text}`];
    })
    .join(' ');
}

function shown(key: string, value: unknown): string {
  if (key === 'flags') return (value as string[]).filter((flag) => keptFlags.has(flag)).join(',');
  if (Array.isArray(value)) return value.map((each) => shown('', each)).join(',');
  if (value === null) return '';
  if (typeof value === 'object') return `{ ${fields(value as JsonObject, [])} }`;
  return String(value);
}

function nftLines(json: string): string[] {
  return parseRuleset(json).tables.flatMap(({ family, name, chains, sets, others }) => {
    const table = `${family} ${name}`;
    return [
      `nft table ${table}`,
      ...sets.map(
        (set) =>
          `nft ${set.kind} ${table} ${set.name} ${set.type.join(' . ')} { ${JSON.stringify(set.elements)} }`,
      ),
      ...others.map(({ kind, object }) => `nft ${kind} ${table} ${object['name']}`),
      ...chains.flatMap(({ name: chain, base, rules }) => [
        `nft chain ${table} ${chain}${base ? ` type ${base.type} hook ${base.hook} priority ${base.priority} policy ${base.policy}` : ''}`,
        ...rules
          .filter(isWhole)
          .map(
            (rule) =>
              `nft rule ${table} ${chain}: ${formatRule(rule)}${rule.comment ? ` # ${rule.comment}` : ''}`,
          ),
      ]),
    ];
  });
}

/** What nft knows of iptables' own matches is their names; iptables-save tells all of such a rule. */
const isWhole = ({ statements }: ParsedRule): boolean => !statements.some((each) => 'xt' in each);

/** Lines of iptables-save, each with its table; counters and the date are left out. */
function saveLines(text: string): string[] {
  let table = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('*')) table = line.slice(1);
    return /^[:-]/.test(line) ? [`${table} ${line.replace(/ ?\[\d+:\d+\] ?/, ' ').trim()}`] : [];
  });
}
