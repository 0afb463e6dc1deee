import { convertResult, type Result } from '@vcn-cni/cni-spec';
import type { PluginCase, Role } from '../../case.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { Skip } from '../../judge/skip.ts';
import { attach } from '../steps/attach.ts';
import { check, checkIsOfUse } from '../steps/check.ts';
import { readResult } from '../steps/read-result.ts';

interface Alteration {
  readonly name: string;
  readonly what: string;
  readonly roles: readonly Role[];
  /** Undefined where the result has nothing of the kind. */
  readonly alter: (result: Result, ifname: string) => Result | undefined;
}

const alterations: readonly Alteration[] = [
  {
    name: 'address',
    what: 'an address that the container does not have',
    roles: ['interface', 'meta'],
    alter: (result) =>
      result.ips?.length
        ? { ...result, ips: result.ips.map((ip, at) => (at > 0 ? ip : { ...ip, ...other(ip) })) }
        : undefined,
  },
  {
    name: 'mac',
    what: 'a MAC that the interface of the container does not have',
    roles: ['interface', 'meta'],
    alter: (result, ifname) => withInterface(result, ifname, { mac: '02:ee:00:00:00:01' }),
  },
  {
    name: 'interface',
    what: 'an interface of the container that is not there',
    roles: ['interface', 'meta'],
    alter: (result, ifname) => withInterface(result, ifname, { name: 'absent0' }),
  },
  {
    name: 'route',
    what: 'a route that the container does not have',
    roles: ['interface', 'meta'],
    alter: (result) => ({
      ...result,
      routes: [...(result.routes ?? []), { dst: '203.0.113.0/24', gw: '198.18.3.1' }],
    }),
  },
];

export const previousResultConsulted: readonly PluginCase[] = alterations.map(
  ({ name, what, roles, alter }): PluginCase => ({
    id: `CHK-01/${name}`,
    title: `CHECK fails where prevResult lists ${what}`,
    does: `executes ADD, and CHECK with a prevResult that lists ${what}`,
    expects: 'CHECK fails',
    roles,
    fast: true,
    mutants: [`check-ignores-listed-${name}`],
    async run(on) {
      const container = await on.container();
      const result = await attach(on, container);
      await checkIsOfUse(on, container, result);
      const altered = alter(readResult(on, result), container.ifname);
      if (!altered) throw new Skip('the result has nothing of the kind');
      const prevResult = convertResult(altered, on.version).document;
      expectRefusal(await check(on, container, prevResult), { key: 'not-noticed' });
    },
  }),
);

export const previousResultNeeded: PluginCase = {
  id: 'CHK-01/absent',
  level: 'SHOULD',
  title: 'CHECK without prevResult fails',
  does: 'executes ADD, and CHECK without prevResult',
  expects: 'CHECK fails: there is nothing to hold the container to',
  roles: ['interface', 'chained', 'meta'],
  mutants: ['check-accepts-absent-prevresult'],
  async run(on) {
    const container = await on.container();
    await attach(on, container);
    const call = await on.call('CHECK', container, { config: { prevResult: undefined } });
    expectRefusal(call);
  },
};

const other = ({ address }: { address: string }): { address: string } => ({
  address: address.includes(':') ? '2001:db8:99::99/64' : '203.0.113.99/24',
});

function withInterface(result: Result, ifname: string, change: object): Result | undefined {
  const at = (result.interfaces ?? []).findIndex(({ name, sandbox }) => sandbox && name === ifname);
  if (at < 0) return undefined;
  const interfaces = result.interfaces!.map((each, index) =>
    index === at ? { ...each, ...change } : each,
  );
  return { ...result, interfaces };
}
