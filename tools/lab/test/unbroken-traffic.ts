import { startPings } from '../src/steady-pings.ts';
import { families } from './service-lab.ts';
import { startFlows } from './steady-flows.ts';
import { pinged, type WantedFlow, wantedFlows } from './unbroken-flows.ts';
import type { UnbrokenWorld } from './unbroken-world.ts';

export interface Traffic {
  /** How many flows there are. */
  flows: number;
  /** Ends all of it: how many messages went and came in all, and what was wrong with a flow. */
  end(): Promise<{ messages: number; wrong: string[] }>;
}

/** Every flow of both families at once, established and answered when it resolves. */
export async function startTraffic(world: UnbrokenWorld): Promise<Traffic> {
  const wanted = families.flatMap((family) => wantedFlows(world, family));
  const byCaller = [...Map.groupBy(wanted, ({ from }) => from)];
  const ways = wanted.filter(
    ({ name, protocol }) => protocol === 'udp' && pinged.some((way) => name.startsWith(way)),
  );
  const pings = await Promise.all(ways.map(({ from, to }) => startPings(from, to)));
  const started = await Promise.all(
    byCaller.map(([from, own]) =>
      startFlows(
        from,
        own.map(({ name, protocol, to, port }) => ({ name, protocol, to, port })),
      ),
    ),
  );
  return {
    flows: wanted.length + pings.length,
    async end() {
      const ended = (await Promise.all(started.map((flows) => flows.end()))).flat();
      const echoes = await Promise.all(pings.map((ping) => ping.end()));
      const outcomes = [
        ...ended.map(({ name, servers, ...outcome }) => ({
          name,
          ...outcome,
          strange: servers.length === 1 && serves(name, servers[0]!) ? [] : servers,
        })),
        ...echoes.map(({ repeated, ...outcome }, index) => ({
          ...outcome,
          name: `echo of ${ways[index]!.name}`,
          repeated: Array(repeated).fill('?'),
          errors: [],
          strange: [],
        })),
      ];
      return {
        messages: outcomes.reduce((sum, { sent }) => sum + sent, 0),
        wrong: outcomes.flatMap(({ name, sent, ...faults }) => {
          const found = Object.entries(faults).filter(([, list]) => list.length > 0);
          return found.map(([fault, list]) => {
            const first = list.slice(0, 3).join(', ');
            return `${name}: ${fault} ${list.length} of ${sent}, first ${first}`;
          });
        }),
      };
    },
  };

  function serves(name: string, answer: string): boolean {
    const flow = wanted.find((one: WantedFlow) => one.name === name)!;
    return answer.startsWith(`${flow.server} `);
  }
}
