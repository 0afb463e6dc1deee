import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nft } from '../src/driver/index.ts';
import { diffTable, parseRuleset, type Table } from '../src/index.ts';
import { type TestNamespace, testNamespace } from './namespace.ts';
import { randomNumbers, randomTable } from './random-table.ts';

const table: Table = {
  family: 'inet',
  name: 'vcn-cni',
  sets: [{ name: 'vnics', type: 'ifname', elements: ['ens3', 'ens5'] }],
  chains: [
    {
      name: 'connmark',
      base: { type: 'filter', hook: 'prerouting', priority: -151 },
      rules: [
        { text: 'iifname @vnics ct direction original ct mark set ct mark | 0x80' },
        { text: 'iifname "oci*" counter drop', comment: 'spoofed' },
      ],
    },
  ],
};

let namespace: TestNamespace;
beforeAll(async () => {
  namespace = await testNamespace();
});
afterAll(() => namespace[Symbol.dispose]());

const driver = () => nft({ exec: namespace.exec });

describe('nft', () => {
  it('applies a table, reads it back as the same, and removes it', async () => {
    await driver().apply(table);
    expect(diffTable(await driver().read(table), table)).toEqual([]);
    await driver().remove(table);
    expect(await driver().read(table)).toBeUndefined();
    await driver().remove(table);
  });

  it("lists everybody's tables", async () => {
    await driver().apply(table);
    const { tables } = parseRuleset(await driver().list());
    expect(tables.map(({ family, name }) => `${family} ${name}`)).toContain('inet vcn-cni');
    await driver().remove(table);
  });

  it.each([
    ['flush chain inet vcn-cni connmark', 'chain connmark: rule 1 is missing'],
    ['add rule inet vcn-cni connmark accept', 'chain connmark: rule 3 is not wanted: accept'],
    ['insert rule inet vcn-cni connmark accept', 'chain connmark: rule 1 is accept, wanted'],
    ['delete element inet vcn-cni vnics { "ens5" }', 'set vnics: element ens5 is missing'],
    ['add element inet vcn-cni vnics { "eth9" }', 'set vnics: element eth9 is not wanted'],
    ['add chain inet vcn-cni other', 'chain other is not wanted'],
    ['add counter inet vcn-cni c', 'counter c is not ours'],
    ['delete table inet vcn-cni', 'table inet vcn-cni is missing'],
  ])('sees an edit by hand: nft %s', async (command, difference) => {
    await driver().apply(table);
    namespace.run('nft', [command]);
    expect(diffTable(await driver().read(table), table).join('\n')).toContain(difference);
    await driver().apply(table);
    expect(diffTable(await driver().read(table), table)).toEqual([]);
  });

  it('reaches any table from any other', async () => {
    const random = randomNumbers(2);
    let last: Table | undefined;
    for (let step = 0; step < 60; step++) {
      const wanted = randomTable(random);
      await driver().apply(wanted);
      const actual = await driver().read(wanted);
      expect(diffTable(actual, wanted), `step ${step}`).toEqual([]);
      if (last !== undefined && JSON.stringify(last) !== JSON.stringify(wanted)) {
        expect(diffTable(actual, last), `step ${step}`).not.toEqual([]);
      }
      last = wanted;
    }
  });

  it('refuses as nft does, with its line, and leaves the old table in place', async () => {
    await driver().apply(table);
    const chain = { ...table.chains[0]!, rules: [{ text: 'iifname "x" frobnicate' }] };
    await expect(driver().apply({ ...table, chains: [chain] })).rejects.toMatchObject({
      name: 'NftError',
      reason: 'refused',
      line: 10,
      statement: 'iifname "x" frobnicate',
      message: expect.stringContaining('syntax error'),
    });
    const dangling = { ...table.chains[0]!, rules: [{ text: 'jump nowhere' }] };
    await expect(driver().apply({ ...table, chains: [dangling] })).rejects.toMatchObject({
      reason: 'refused',
      statement: 'jump nowhere',
    });
    expect(diffTable(await driver().read(table), table)).toEqual([]);
  });

  it('says whether it can be used, without a change', async () => {
    await driver().remove(table);
    expect(await driver().available(table)).toMatchObject({ available: true });
    expect(await driver().read(table)).toBeUndefined();
    const chain = { ...table.chains[0]!, rules: [{ text: 'frobnicate' }] };
    expect(await driver().available({ ...table, chains: [chain] })).toMatchObject({
      available: false,
      reason: expect.stringContaining('frobnicate'),
    });
    for (const exec of [undefined, namespace.exec]) {
      const absent = nft({ binary: 'no-such-nft', ...(exec ? { exec } : {}) });
      expect(await absent.available()).toMatchObject({
        available: false,
        reason: expect.stringMatching(/no-such-nft.*is nftables installed\?/s),
      });
      await expect(absent.read(table)).rejects.toMatchObject({ reason: 'missing' });
    }
  });

  it('gives up at its deadline and at the signal', async () => {
    const slow = nft({ exec: ['sh', '-c', 'exec sleep 60', 'sh'], timeoutMs: 30 });
    await expect(slow.apply(table)).rejects.toMatchObject({
      reason: 'aborted',
      message: expect.stringContaining('not ready in 30 ms'),
    });
    const stuck = nft({ exec: ['sh', '-c', 'exec sleep 60', 'sh'] });
    await expect(stuck.apply(table, { signal: AbortSignal.timeout(10) })).rejects.toMatchObject({
      message: expect.stringContaining('given up by the caller'),
    });
  });
});
