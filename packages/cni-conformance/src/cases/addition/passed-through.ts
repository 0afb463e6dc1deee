import type { Result } from '@vcn-cni/cni-spec';
import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { sameJson } from '../../judge/same-json.ts';
import { spelledCidr } from '../../judge/spelling.ts';
import { passRichResult } from './previous-result.ts';

interface Part {
  readonly name: string;
  readonly what: string;
  readonly mutant: string;
  /** One word for each entry, by which it is known again. */
  readonly entries: (result: Result) => readonly string[];
}

const parts: readonly Part[] = [
  {
    name: 'interfaces',
    what: 'interface',
    mutant: 'chained-drops-interface',
    entries: ({ interfaces = [] }) =>
      interfaces.map(({ name, sandbox }) => `${name} in ${sandbox || 'the host'}`),
  },
  {
    name: 'ips',
    what: 'address with its gateway',
    mutant: 'chained-drops-second-ip',
    entries: ({ ips = [] }) =>
      ips.map(({ address, gateway }) => `${spelledCidr(address)} via ${gateway ?? 'nothing'}`),
  },
  {
    name: 'routes',
    what: 'route',
    mutant: 'chained-drops-route',
    entries: ({ routes = [] }) =>
      routes.map(({ dst, gw }) => `${spelledCidr(dst)} via ${gw ?? 'nothing'}`),
  },
];

/** Of a plugin that is not the first of its list: each part of prevResult is in its result, in the order it had. */
export const passedThrough: readonly PluginCase[] = parts.map(
  ({ name, what, mutant, entries }): PluginCase => ({
    id: `ADD-03/${name}`,
    title: `A chained plugin passes every ${what} of prevResult on, in its order`,
    does: 'executes ADD with a prevResult of three interfaces, four addresses of both families, three routes and dns',
    expects: `every ${what} of prevResult is in the result, in the same order; there may be more`,
    roles: ['chained'],
    mutants: [mutant, `chained-reverses-${name}`],
    async run(on) {
      const { given, got } = await passRichResult(on);
      const wanted = entries(given);
      const passed = entries(got);
      const lost = wanted.filter((each) => !passed.includes(each));
      if (lost.length > 0) {
        throw new Finding(
          'prevresult-lost',
          `not in the result: ${lost.join('; ')}; it has ${passed.join('; ')}`,
        );
      }
      const kept = passed.filter((each) => wanted.includes(each));
      if (!sameJson(kept, wanted)) {
        throw new Finding(
          'order-changed',
          `prevResult has ${wanted.join('; ')}; the result ${kept.join('; ')}`,
        );
      }
    },
  }),
);

export const dnsPassedThrough: PluginCase = {
  id: 'ADD-03/dns',
  title: 'A chained plugin passes the dns of prevResult on',
  does: 'executes ADD with a prevResult with nameservers, domain, search and options',
  expects: 'the same in the result, where the configuration has no dns of its own',
  roles: ['chained'],
  mutants: ['chained-drops-dns'],
  async run(on) {
    const { given, got } = await passRichResult(on);
    if (on.config['dns'] !== undefined || sameJson(given.dns, got.dns)) return;
    throw new Finding(
      'dns-lost',
      `prevResult has ${JSON.stringify(given.dns)}, the result ${JSON.stringify(got.dns)}`,
    );
  },
};

export const indicesKept: PluginCase = {
  id: 'ADD-03/indices',
  title: 'Addresses passed on belong to the interfaces that they belonged to',
  does: 'executes ADD with a prevResult of several interfaces and addresses',
  expects: 'each address of prevResult has an index of the same interface, wherever that is now',
  roles: ['chained'],
  mutants: ['chained-shifts-interfaces'],
  async run(on) {
    const { given, got } = await passRichResult(on);
    const owners = new Map((got.ips ?? []).map((ip) => [spelledCidr(ip.address), owner(got, ip)]));
    for (const ip of given.ips!) {
      const [was, is] = [owner(given, ip), owners.get(spelledCidr(ip.address))];
      if (is === undefined || was === is) continue;
      throw new Finding('index-wrong', `${ip.address} belonged to ${was}, and now to ${is}`);
    }
  },
};

const owner = (
  { interfaces = [] }: Result,
  { interface: index }: { interface?: number },
): string =>
  index === undefined ? 'none' : (interfaces[index]?.name ?? `none of number ${index}`);
