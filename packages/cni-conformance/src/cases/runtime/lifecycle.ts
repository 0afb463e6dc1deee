import type { RuntimeCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { ProbeCall, RuntimeAttachment, RuntimeHarness } from '../../runtime-harness.ts';
import { markedAnswer } from '../../runtime-probe.ts';
import { moment } from '../steps/moment.ts';
import { chain } from './steps/chain.ts';
import { type operate, succeed } from './steps/operate.ts';
import { addSecond, secondInterface } from './steps/second-interface.ts';

/**
 * Adds a container to a list of one plugin, and lets every later call of it last longer than the runtime takes for a
 * whole operation: what it does not keep apart then runs at once.
 */
async function addToSlowChain(on: RuntimeHarness): Promise<RuntimeAttachment> {
  const attachment = await on.attachment(await chain(on, { plugins: ['first'] }));
  const began = performance.now();
  await succeed(on, 'add', attachment);
  const tookMs = performance.now() - began;
  const first = `sleep ${Math.min(3, Math.max(0.3, (2 * tookMs) / 1000)).toFixed(2)}`;
  const ADD = markedAnswer(on.version, 1, first);
  await on.probe('first', { ADD, DEL: { first }, GC: { first } });
  return attachment;
}

/** The first two calls of which one begins before the other has ended. */
function overlapping(
  calls: readonly ProbeCall[],
  exclude: (a: ProbeCall, b: ProbeCall) => boolean,
): readonly [ProbeCall, ProbeCall] | undefined {
  for (const [index, one] of calls.entries()) {
    for (const other of calls.slice(index + 1)) {
      if (exclude(one, other) && other.beganMs < (one.endedMs ?? Infinity)) return [one, other];
    }
  }
  return undefined;
}

const patienceMs = 5000;

/** Waits until so many calls with the verb have begun; or for long enough, if they never do. */
async function begun(on: RuntimeHarness, verb: string, count: number): Promise<void> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    if ((await on.calls()).filter((call) => call.verb === verb).length >= count) return;
    await moment(10);
  }
}

const idOf = ({ environment }: ProbeCall): string => environment['CNI_CONTAINERID'] ?? '';

export const namespaceFirst: RuntimeCase = {
  id: 'LIF-01',
  title: 'The namespace is there before the first plugin runs',
  does: 'adds a container, whose plugin looks at CNI_NETNS',
  expects: 'it is a network namespace, and not that of the runtime',
  fast: true,
  mutants: ['namespace-not-there', 'namespace-of-host'],
  async run(on) {
    const look = `printf 'CONFORMANCE_NETNS=%s\\0' "$(nsenter --net="$CNI_NETNS" readlink /proc/self/ns/net 2>&1)" >>"$call/environment"`;
    const answers = { first: { ADD: markedAnswer(on.version, 1, look) } };
    const network = await chain(on, { plugins: ['first'], answers });
    const [call] = await succeed(on, 'add', await on.attachment(network));
    const seen = call?.environment['CONFORMANCE_NETNS'] ?? '';
    if (!seen.startsWith('net:'))
      throw new Finding(
        'no-namespace',
        `${call?.environment['CNI_NETNS']} is no namespace: ${seen}`,
      );
    if (seen === call?.namespace)
      throw new Finding('host-namespace', 'CNI_NETNS is the namespace that the plugin runs in');
  },
};

export const namespaceRemoved: RuntimeCase = {
  id: 'LIF-08',
  title: 'A runtime that makes the namespace removes it',
  does: 'adds a container and deletes it, with a runtime that makes namespaces itself',
  expects: 'CNI_NETNS of ADD leads nowhere any more',
  mutants: ['leaves-namespace'],
  async run(on) {
    if (on.takes.netns) throw new Skip('the runtime is given a namespace, and has none to remove');
    const attachment = await on.attachment(await chain(on, { plugins: ['first'] }));
    const [call] = await succeed(on, 'add', attachment);
    await succeed(on, 'del', attachment);
    const path = call?.environment['CNI_NETNS'] ?? '';
    if (!/^\/[\w./-]+$/.test(path)) throw new Skip(`CNI_NETNS is no path: ${path}`);
    const { exitCode } = await on.sh(`nsenter --net=${path} true`);
    if (exitCode === 0) throw new Finding('namespace-left', `${path} is still a namespace`);
  },
};

export const oneAtATime: RuntimeCase = {
  id: 'LIF-02/same-container',
  title: 'Operations for one container do not run at the same time',
  does: 'adds a container, adds a second interface to it, and deletes the first while that goes on; each plugin call takes longer than an operation did',
  expects: 'no call begins before another of the same container has ended',
  mutants: ['no-lock-a-container'],
  async run(on) {
    const one = await addToSlowChain(on);
    const other = await secondInterface(on, one);
    const adding = addSecond(on, other);
    adding.catch(() => {});
    await begun(on, 'ADD', 2);
    await Promise.all([adding, on.operate('del', one)]);
    const calls = await on.calls();
    const found = overlapping(calls, (a, b) => idOf(a) === idOf(b));
    if (!found) return;
    const [before, after] = found.map(
      ({ verb, environment }) => `${verb} ${environment['CNI_IFNAME']}`,
    );
    throw new Finding(
      'at-once',
      `${after} began before ${before} had ended, both for ${idOf(found[0])}`,
    );
  },
};

export const severalAtOnce: RuntimeCase = {
  id: 'LIF-02/other-containers',
  level: 'MAY',
  title: 'Operations for different containers may run at the same time',
  does: 'adds two containers at once; each plugin call takes longer than an operation did',
  expects: 'the second begins before the first has ended',
  mutants: ['one-lock-for-all'],
  async run(on) {
    const { network } = await addToSlowChain(on);
    const attachments = [await on.attachment(network), await on.attachment(network)];
    await Promise.all(attachments.map((each) => on.operate('add', each)));
    if (!overlapping(await on.calls(), (a, b) => idOf(a) !== idOf(b)))
      throw new Finding('one-by-one', 'the second ADD began when the first had ended');
  },
};

export const collectedAlone: RuntimeCase = {
  id: 'LIF-03',
  title: 'Nothing is added or deleted while a network is collected',
  does: 'adds one container, then adds a second, collects while that goes on, and deletes the first while that goes on; each plugin call takes longer than an operation did',
  expects: 'no GC runs at the same time as ADD or DEL',
  mutants: ['gc-with-others', 'others-with-gc'],
  async run(on) {
    if (!on.operations.has('gc')) throw new Skip('no command was given for gc');
    const one = await addToSlowChain(on);
    const other = await on.attachment(one.network);
    const adding = on.operate('add', other);
    await begun(on, 'ADD', 2);
    const collecting = on.operate('gc', one, { valid: [one, other] });
    await begun(on, 'GC', 1);
    await Promise.all([adding, collecting, on.operate('del', one)]);
    const found = overlapping(await on.calls(), (a, b) => (a.verb === 'GC') !== (b.verb === 'GC'));
    if (found)
      throw new Finding('at-once', `${found[1].verb} began before ${found[0].verb} had ended`);
  },
};

export const manyAtOnce: RuntimeCase = {
  id: 'ATT-01/many',
  title: 'Twelve containers at once each get what is theirs',
  does: 'adds twelve containers at once, and deletes them at once',
  expects: 'every command succeeds; each container gets one ADD and one DEL, with prevResult',
  mutants: ['mixes-up-containers'],
  async run(on) {
    const network = await chain(on, { plugins: ['first'] });
    const attachments = [];
    for (let number = 0; number < 12; number++) attachments.push(await on.attachment(network));
    for (const operation of ['add', 'del'] as const) {
      const { calls } = await operateAll(on, operation, attachments);
      const ids = new Set(calls.map(idOf));
      if (ids.size !== attachments.length || calls.length !== attachments.length)
        throw new Finding(
          'mixed-up',
          `${operation} of 12 was ${calls.length} calls for ${ids.size} ids`,
        );
      if (operation === 'del' && calls.some(({ config }) => !config?.['prevResult']))
        throw new Finding('result-lost', 'a DEL came without prevResult');
    }
  },
};

async function operateAll(
  on: RuntimeHarness,
  operation: 'add' | 'del',
  attachments: readonly Parameters<typeof operate>[2][],
): Promise<{ calls: readonly ProbeCall[] }> {
  const before = (await on.calls()).length;
  const done = await Promise.all(attachments.map((each) => on.operate(operation, each)));
  const refused = done.find(({ exitCode }) => exitCode !== 0);
  if (refused)
    throw new Finding(
      `${operation}-refused`,
      `${operation} should succeed; ${refused.stderr.trim()}`,
    );
  return { calls: (await on.calls()).slice(before) };
}
