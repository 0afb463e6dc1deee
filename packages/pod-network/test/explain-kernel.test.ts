import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Explanation,
  explain,
  type HostCapture,
  type Listener,
} from '../src/explain/index.ts';
import { captureLab, type StationName, stationNames } from './explain-capture.ts';
import { adjacency, randomDisturbances } from './explain-disturbances.ts';
import { type Ask, type Disturbance, randomAsk, randomFrom, served } from './explain-lots.ts';
import { createLab, type Lab } from './filter-lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await createLab('primary and secondary');
  for (const name of stationNames) {
    const script = 'for f in /proc/sys/net/ipv[46]/conf/*/accept_redirects; do echo 0 >$f; done';
    await lab[name].namespace.exec('sh', ['-c', script]);
  }
  await settle();
  for (const name of stationNames) {
    for (const { protocol, address, port } of listenersOf(name)) {
      await lab[name].serve(protocol, address, port);
    }
  }
});
afterAll(() => lab?.close());

const protocols = [
  ...Array<'udp'>(16).fill('udp'),
  ...Array<'tcp'>(4).fill('tcp'),
  'icmp',
  'icmp',
] as const;
const asks = protocols.length;
/** More of them, or others, by the environment. */
const states = Number(process.env['EXPLAIN_STATES'] ?? 8);
const firstSeed = Number(process.env['EXPLAIN_SEED'] ?? 1);

it('predicts what real packets do', async () => {
  const wrong: string[] = [];
  const tally = { delivered: 0, dropped: 0, answered: 0, uncertain: 0 };
  for (let seed = firstSeed; seed < firstSeed + states; seed++) {
    const random = randomFrom(seed);
    const made = await disturb(randomDisturbances(random, seed, lab.node));
    try {
      const capture = await captureLab(lab);
      const all = protocols.map((protocol) => randomAsk(random, protocol));
      const results = await Promise.all(
        all.map((ask, at) => send(ask, `state ${seed} ask ${at}.`)),
      );
      const seen = await everythingSeen();
      all.forEach((ask, at) => {
        if (results[at] === undefined) return;
        const text = `state ${seed} ask ${at}.`;
        const got = {
          deliveredTo: ask.protocol === 'udp' ? (seen.get(text) ?? 'nobody') : 'not looked at',
          answered: results[at] === true,
        };
        const ways = predict(capture, ask);
        const [way] = ways;
        if (ways.some((one) => isUncertain(one) || asksNeighbours(one))) {
          tally.uncertain++;
          return;
        }
        tally[got.answered ? 'answered' : got.deliveredTo === 'nobody' ? 'dropped' : 'delivered']++;
        const told = made.map(({ where, make }) => `${where}: ${make}`).join('\n');
        const story = `${text} ${JSON.stringify(ask)}\n${told}\n${tell(way!)}`;
        if (!ways.map((one) => outcome(one, ask)).some((told) => isDeepStrictEqual(told, got))) {
          wrong.push(`${story}\nbut really ${JSON.stringify(got)}`);
        }
      });
    } finally {
      await undo(made);
    }
  }
  expect(wrong.slice(0, 3).join('\n\n')).toBe('');
  // A generator whose packets all die, or all live, would show nothing.
  expect(Math.min(tally.dropped, tally.answered)).toBeGreaterThan(states);
  expect(tally.uncertain).toBeLessThan(states * asks * 0.1);
}, 600_000);

function predict(capture: HostCapture, ask: Ask): Explanation[] {
  const { from, source, destination, port, protocol } = ask;
  const namespaces = capture.namespaces.map((namespace) => ({
    ...namespace,
    listeners: listenersOf(namespace.name as StationName),
  }));
  const way = explain([{ ...capture, namespaces }], {
    from: { namespace: from },
    ...(source === undefined ? {} : { source }),
    destination,
    protocol,
    destinationPort: port,
    uid: 0,
  });
  return [way, ...(way.others ?? [])];
}

const both = (way: Explanation) => [way, ...(way.back ? [way.back] : [])];
const isUncertain = (way: Explanation) => both(way).some(({ verdict }) => verdict === 'uncertain');

/** Of packets sent at once one question asks for all, with the source of whichever is first. */
const asksNeighbours = (way: Explanation) =>
  both(way)
    .flatMap(({ steps }) => steps)
    .some(({ text }) => / is asked for on |^no neighbour /.test(text));

function listenersOf(name: StationName): Listener[] {
  return families.flatMap((family) =>
    served[family][name].flatMap((address) =>
      portsOf(name).flatMap((port) =>
        (['udp', 'tcp'] as const).map((protocol) => ({ protocol, address, port })),
      ),
    ),
  );
}

const families = ['inet', 'inet6'] as const;
const portsOf = (name: StationName) => (name === 'host' ? [8080, 30080, 30081] : [8080]);

function outcome({ verdict, where, packet, back }: Explanation, { protocol }: Ask) {
  const answered = back?.verdict === 'delivered';
  if (protocol !== 'udp') return { deliveredTo: 'not looked at', answered };
  const delivered = verdict === 'delivered';
  return {
    deliveredTo: delivered ? `${where} ${packet.destination} ${packet.destinationPort}` : 'nobody',
    // A socket that is not connected takes an answer from anybody.
    answered: answered || /^no answer to what was asked/.test(back?.why ?? ''),
  };
}

function tell(way: Explanation): string {
  const steps = (one: Explanation) => one.steps.map((s) => `  ${s.namespace} ${s.kind}: ${s.text}`);
  return [
    way.verdict,
    way.why,
    ...steps(way),
    'back',
    ...(way.back ? [way.back.verdict, ...steps(way.back)] : []),
  ].join('\n');
}

/** Whether an answer came; undefined where the sender has no such address at the moment. */
async function send(ask: Ask, text: string): Promise<boolean | undefined> {
  const { protocol, from, source = '', destination, port } = ask;
  if (protocol === 'tcp') return (await lab[from].connect(destination, port)) === 'connected';
  if (protocol === 'icmp') return ping(ask);
  return lab[from].ask(source, destination, port, text).then(
    (count) => count === 1,
    (error: Error) => {
      if (!error.message.includes('EADDRNOTAVAIL')) throw error;
      return undefined;
    },
  );
}

async function ping({ from, source = '', destination }: Ask): Promise<boolean | undefined> {
  const args = ['-n', '-c', '1', '-W', '0.5', '-I', source, destination];
  const { code, stdout, stderr } = await lab[from].namespace.exec('ping', args);
  if (/bind|invalid source/i.test(stderr)) return undefined;
  return code === 0 && /1 received/.test(stdout);
}

/** Who got which text. */
async function everythingSeen(): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  for (const name of stationNames) {
    for (const { protocol, address, port } of listenersOf(name)) {
      if (protocol === 'tcp') continue;
      for (const { text } of await lab[name].seen(address, port)) {
        seen.set(text, `${name} ${address} ${port}`);
      }
    }
  }
  return seen;
}

/** Those that the kernel took. */
async function disturb(all: Disturbance[]): Promise<Disturbance[]> {
  const made: Disturbance[] = [];
  for (const one of all) {
    const { code } = await run(one.where, one.make);
    if (code === 0) made.push(one);
    // Of several commands some may have worked.
    else await run(one.where, one.undo);
  }
  return made;
}

async function undo(made: Disturbance[]): Promise<void> {
  for (const { where, undo } of made.toReversed()) await run(where, undo);
  await settle();
}

/** Neighbours as they were: the right ones for ever, others forgotten. */
async function settle(): Promise<void> {
  const links = new Map<string, string>();
  for (const name of stationNames) {
    const { links: own } = await lab[name].namespace.handle.snapshot({
      tables: [],
      ruleProtocol: false,
    });
    for (const link of own) links.set(`${name} ${link.name}`, link.mac ?? '');
  }
  for (const name of stationNames) {
    const entries = adjacency(name, (station, link) => links.get(`${station} ${link}`) ?? '');
    await run(name, `ip neigh flush all; ip -6 neigh flush all; ${entries}`);
  }
}

const run = (where: StationName, script: string) =>
  lab[where].namespace.exec('sh', ['-ec', script]);
