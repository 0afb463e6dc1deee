import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { iptables } from '../src/driver/index.ts';
import { diffRuleset, parseSave, type Ruleset, type SavedChain } from '../src/index.ts';
import { usableBackends } from './backends.ts';
import { type TestNamespace, testNamespace } from './namespace.ts';
import { randomNumbers, randomRuleset, tables } from './random-ruleset.ts';

const owner = 'OUR-';
const wanted: Ruleset = {
  chains: [
    { table: 'raw', name: 'OUR-RAW', rules: ['-i oci+ -m rpfilter --invert -j DROP'] },
    { table: 'nat', name: 'OUR-POST', rules: ['-o ens3 -j MASQUERADE --random-fully'] },
  ],
  jumps: [
    { table: 'raw', from: 'PREROUTING', to: 'OUR-RAW', position: 'first' },
    { table: 'nat', from: 'POSTROUTING', to: 'OUR-POST', position: 'last' },
  ],
};
const backends = usableBackends();
const families = ['inet', 'inet6'] as const;
const programOf = { inet: 'iptables', inet6: 'ip6tables' };

let namespace: TestNamespace;
beforeEach(async () => {
  namespace = await testNamespace();
});
afterEach(() => namespace[Symbol.dispose]());

const cases = backends.flatMap((backend) => families.map((family) => ({ backend, family })));

describe.each(cases)('iptables $backend $family', ({ backend, family }) => {
  const program = `${programOf[family]}-${backend}`;
  const driver = () => iptables({ family, backend, owner, exec: namespace.exec });
  const save = () => namespace.run(`${program}-save`, []);
  /** All that is not ours; a table that only came into being counts as absent. */
  const foreign = () =>
    parseSave(save())
      .map(({ name, chains }) => ({ name, chains: chains.flatMap(withoutOurs) }))
      .filter(({ chains }) => chains.some((c) => c.rules.length > 0 || c.policy !== 'ACCEPT'))
      .toSorted((a, b) => a.name.localeCompare(b.name));

  it('applies, reads back the same, does nothing the second time, and removes', async () => {
    expect(await driver().apply(wanted)).toEqual({ backend, changed: true });
    expect(diffRuleset(await driver().read(), wanted, owner)).toEqual([]);
    expect(await driver().apply(wanted)).toEqual({ backend, changed: false });
    await driver().remove();
    expect(save()).not.toContain(owner);
    await driver().remove();
  });

  it("lists everybody's rules", async () => {
    await driver().apply(wanted);
    namespace.run(program, ['-t', 'filter', '-A', 'FORWARD', '-i', 'lo', '-j', 'ACCEPT']);
    const rules = parseSave(await driver().list()).flatMap(({ name, chains }) =>
      chains.flatMap((chain) =>
        chain.rules.map(({ tokens }) => `${name} ${chain.name} ${tokens.join(' ')}`),
      ),
    );
    expect(rules).toContain('filter FORWARD -i lo -j ACCEPT');
    expect(rules).toContain('nat POSTROUTING -j OUR-POST');
  });

  it('takes its place again and removes doubles', async () => {
    await driver().apply(wanted);
    namespace.run(program, ['-t', 'raw', '-I', 'PREROUTING', '-i', 'lo', '-j', 'ACCEPT']);
    namespace.run(program, ['-t', 'nat', '-A', 'POSTROUTING', '-o', 'lo', '-j', 'ACCEPT']);
    namespace.run(program, ['-t', 'nat', '-A', 'POSTROUTING', '-j', 'OUR-POST']);
    namespace.run(program, ['-t', 'raw', '-A', 'PREROUTING', '-i', 'x', '-j', 'OUR-RAW']);
    namespace.run(program, ['-t', 'raw', '-A', 'OUR-RAW', '-j', 'ACCEPT']);
    const before = foreign();
    expect(diffRuleset(await driver().read(), wanted, owner)).toHaveLength(3);
    await driver().apply(wanted);
    expect(diffRuleset(await driver().read(), wanted, owner)).toEqual([]);
    expect(foreign()).toEqual(before);
  });

  it('changes nothing of the rules of kube-proxy', async () => {
    const name = `${programOf[family]}-kn1.txt`;
    const recorded = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
    // nf_acct is a kernel option of its own.
    const rules = recorded.replaceAll(/-m nfacct --nfacct-name\s+\S+ /g, '');
    namespace.run(`${program}-restore`, ['-w'], rules);
    const before = foreign();
    await driver().apply(wanted);
    expect(foreign()).toEqual(before);
    await driver().apply({ chains: wanted.chains.slice(1), jumps: wanted.jumps.slice(1) });
    expect(foreign()).toEqual(before);
    await driver().remove();
    expect(foreign()).toEqual(before);
    expect(before.length).toBeGreaterThan(1);
  });

  it('reaches any ruleset from any other while others come and go', async () => {
    const random = randomNumbers(family === 'inet' ? 7 : 8);
    const ours = driver();
    for (let step = 0; step < 15; step++) {
      const goal = randomRuleset(owner, random);
      const table = tables[random(4)]!;
      const from = table === 'filter' ? 'FORWARD' : table === 'nat' ? 'POSTROUTING' : 'PREROUTING';
      const place = random(2) === 0 ? ['-I', from] : ['-A', from];
      namespace.run(program, [
        '-t',
        table,
        ...place,
        '-m',
        'mark',
        '--mark',
        '0x1',
        '-j',
        'RETURN',
      ]);
      const before = foreign();
      await ours.apply(goal);
      expect(diffRuleset(await ours.read(), goal, owner), `step ${step}`).toEqual([]);
      expect(foreign()).toEqual(before);
    }
  });

  it('says which line is refused and why, and leaves the table as it was', async () => {
    await driver().apply(wanted);
    const chain = wanted.chains[0]!;
    const bad: Ruleset = {
      ...wanted,
      chains: [{ ...chain, rules: ['-m frobnicate -j DROP'] }, wanted.chains[1]!],
    };
    await expect(driver().apply(bad)).rejects.toMatchObject({
      name: 'IptablesError',
      reason: 'unsupported',
      line: 3,
      statement: '-A OUR-RAW -m frobnicate -j DROP',
      message: expect.stringMatching(/frobnicate.*this kernel or iptables lacks/s),
    });
    expect(diffRuleset(await driver().read(), wanted, owner)).toEqual([]);
  });

  it('starts anew if others write between its look and its restore', async () => {
    await driver().apply({ chains: wanted.chains.slice(0, 1), jumps: wanted.jumps.slice(0, 1) });
    namespace.run(program, ['-t', 'raw', '-I', 'PREROUTING', '-i', 'lo', '-j', 'ACCEPT']);
    const meddle = `case "$*" in *restore*) ${program} -t raw -D PREROUTING -j OUR-RAW 2>/dev/null;; esac; exec "$@"`;
    const meddled = iptables({
      family,
      backend,
      owner,
      exec: [...namespace.exec, 'sh', '-c', meddle, 'sh'],
    });
    await meddled.apply(wanted);
    expect(diffRuleset(await driver().read(), wanted, owner)).toEqual([]);
  });
});

describe.runIf(backends.length === 2)('with both backends', () => {
  const both = (backend: 'auto' | 'nft' | 'legacy') =>
    iptables({ family: 'inet', backend, owner, exec: namespace.exec });
  const save = (backend: string) => namespace.run(`iptables-${backend}-save`, []);

  it.each(['nft', 'legacy'] as const)('finds the rules of others in %s', async (backend) => {
    namespace.run(`iptables-${backend}`, ['-A', 'FORWARD', '-i', 'lo', '-j', 'ACCEPT']);
    const detection = await both('auto').detect();
    expect(detection).toMatchObject({ chosen: backend, because: 'the rules of others are there' });
    expect(detection.backends[backend]).toMatchObject({ usable: true, foreignRules: 1 });
    await both('auto').apply(wanted);
    expect(save(backend)).toContain('OUR-RAW');
  });

  it.each([
    ['nft', 'legacy'],
    ['legacy', 'nft'],
  ] as const)('cleans %s once when it owns %s', async (old, chosen) => {
    await both(old).apply(wanted);
    namespace.run(`iptables-${old}`, ['-t', 'raw', '-A', 'PREROUTING', '-i', 'lo', '-j', 'ACCEPT']);
    const driver = both(chosen);
    await driver.read();
    expect(await driver.apply(wanted)).toEqual({ backend: chosen, changed: true, cleaned: old });
    expect(save(old)).not.toContain(owner);
    expect(save(old)).toContain('-A PREROUTING -i lo -j ACCEPT');
    expect(diffRuleset(await driver.read(), wanted, owner)).toEqual([]);
    expect(await driver.apply(wanted)).toEqual({ backend: chosen, changed: false });
  });

  it('uses the one there is, and says what is missing', async () => {
    const without = (pattern: string) => [
      ...namespace.exec,
      ...['sh', '-c', `case "$1" in ${pattern}) echo "$1: absent" >&2; exit 127;; esac; exec "$@"`],
      'sh',
    ];
    const make = (pattern: string, backend: 'auto' | 'legacy') =>
      iptables({ family: 'inet', backend, owner, exec: without(pattern) });
    expect((await make('*legacy*', 'auto').detect()).chosen).toBe('nft');
    await expect(make('*legacy*', 'legacy').apply(wanted)).rejects.toMatchObject({
      reason: 'unsupported',
      message: 'the configured backend legacy is not usable: is not installed',
    });
    await expect(make('*tables*', 'auto').apply(wanted)).rejects.toThrow(
      'no usable iptables: nft is not installed; legacy is not installed',
    );
    const [plain] = [await make('*-legacy*|*-nft', 'auto').detect()];
    expect(plain.chosen).toBeDefined();
  });
});

function withoutOurs(chain: SavedChain): SavedChain[] {
  if (chain.name.startsWith(owner)) return [];
  const rules = chain.rules.filter(({ target }) => !target?.name.startsWith(owner));
  return [{ ...chain, rules }];
}

it('gives up at its deadline', async () => {
  const slow = iptables({
    family: 'inet',
    backend: 'auto',
    owner,
    exec: ['sh', '-c', 'exec sleep 60', 'sh'],
    timeoutMs: 30,
  });
  await expect(slow.apply(wanted)).rejects.toMatchObject({ reason: 'aborted' });
});
