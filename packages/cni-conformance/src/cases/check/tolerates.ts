import { convertResult, type Result } from '@vcn-cni/cni-spec';
import type { PluginCase, Role } from '../../case.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Skip } from '../../judge/skip.ts';
import type { Container } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { check, checkIsOfUse } from '../steps/check.ts';
import { mustRun } from '../steps/must-run.ts';
import { readResult } from '../steps/read-result.ts';

interface Extra {
  readonly name: string;
  readonly what: string;
  readonly roles: readonly Role[];
  /** In the container, as a plugin later in the list would. */
  readonly line: (container: Container) => string;
  /** What that plugin makes of the result; default: it says nothing of it. */
  readonly result?: (result: Result, container: Container) => Result | undefined;
}

const extras: readonly Extra[] = [
  {
    name: 'route',
    what: 'one more route',
    roles: ['interface', 'meta'],
    line: ({ ifname }) => `ip route add 203.0.113.0/24 dev ${ifname}`,
  },
  {
    name: 'address',
    what: 'one more address',
    roles: ['interface', 'loopback', 'meta'],
    line: ({ ifname }) => `ip address add 198.18.3.9/32 dev ${ifname}`,
  },
  {
    name: 'interface',
    what: 'one more interface',
    roles: ['interface', 'chained', 'loopback', 'meta'],
    line: () => 'ip link add name extra0 type veth peer name extra1',
  },
  {
    name: 'mac',
    what: 'another MAC, which prevResult lists',
    roles: ['interface', 'meta'],
    line: ({ ifname }) => `ip link set dev ${ifname} address 02:ee:00:00:00:02`,
    result: (result, { ifname }) => changed(result, ifname, { mac: '02:ee:00:00:00:02' }),
  },
  {
    name: 'mtu',
    what: 'another MTU, which prevResult lists where it can',
    roles: ['interface', 'meta'],
    line: ({ ifname }) => `ip link set dev ${ifname} mtu 1380`,
    result: (result, { ifname }) => changed(result, ifname, { mtu: 1380 }),
  },
];

/** One case each: what plugins later in the list do. */
export const tolerated: readonly PluginCase[] = extras.map(
  ({ name, what, roles, line, result: change }): PluginCase => ({
    id: `CHK-02/${name}`,
    title: `CHECK succeeds where a later plugin gave the container ${what}`,
    does: `executes ADD, gives the container ${what} by hand, and executes CHECK`,
    expects: 'CHECK exits 0',
    roles,
    fast: true,
    mutants: [`check-refuses-later-${name}`],
    async run(on) {
      const container = await on.container();
      const result = await attach(on, container);
      await checkIsOfUse(on, container, result);
      const read = readResult(on, result);
      const later = change ? change(read, container) : read;
      if (!later) throw new Skip('the result does not list the interface');
      await mustRun(on, container, line(container));
      const prevResult = change ? convertResult(later, on.version).document : result;
      expectSuccess(await check(on, container, prevResult), 'later-change-refused');
    },
  }),
);

function changed(result: Result, ifname: string, change: object): Result | undefined {
  const interfaces = result.interfaces?.map((each) =>
    each.sandbox && each.name === ifname ? { ...each, ...change } : each,
  );
  return interfaces && { ...result, interfaces };
}
