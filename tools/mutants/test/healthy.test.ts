import { roles } from '@vcn-cni/cni-conformance';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gaps } from '../src/gate/gaps.ts';
import { casesOf } from '../src/gate/tries.ts';
import { tryReference } from '../src/gate/try-reference.ts';
import { type Installed, installPlugins } from '../src/install.ts';

let installed: Installed;
beforeAll(async () => {
  installed = await installPlugins();
});
afterAll(() => installed[Symbol.asyncDispose]());

it('names no mutant that is not there, and leaves none unnamed', () => {
  expect(gaps()).toEqual([]);
});

it.each(roles)(
  'a healthy %s plugin passes every case of its role',
  async (role) => {
    const reports = await tryReference(installed, role, casesOf(role), { width: 2 });
    const wrong = reports
      .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
      .map(({ id, verdict, finding }) => `${id}: ${verdict} ${finding?.key} ${finding?.message}`);
    expect(wrong).toEqual([]);
    const passed = reports.filter(({ verdict }) => verdict === 'pass');
    expect(passed.length).toBeGreaterThan(reports.length * 0.9);
  },
  240_000,
);
