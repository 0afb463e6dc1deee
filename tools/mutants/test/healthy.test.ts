import { roles } from '@vcn-cni/cni-conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gaps } from '../src/gate/gaps.ts';
import { casesOf } from '../src/gate/tries.ts';
import { tryReference } from '../src/gate/try-reference.ts';
import { type Installed, installPlugins } from '../src/install.ts';
import { hasCompiler } from './has-compiler.ts';

it('names no mutant that is not there, and leaves none unnamed', () => {
  expect(gaps()).toEqual([]);
});

describe.runIf(hasCompiler())('a plugin that is not broken', () => {
  let installed: Installed;
  beforeAll(async () => {
    installed = await installPlugins();
  });
  afterAll(() => installed[Symbol.asyncDispose]());

  it.each(roles)(
    'of role %s passes every case of its role',
    async (role) => {
      const reports = await tryReference(installed, role, casesOf(role), { width: 2 });
      const wrong = reports
        .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip')
        .map(({ id, verdict, finding }) => `${id}: ${verdict} ${finding?.key} ${finding?.message}`);
      expect(wrong).toEqual([]);
      const passed = reports.filter(({ verdict }) => verdict === 'pass');
      expect(passed.length).toBeGreaterThan(reports.length * 0.9);
    },
    600_000,
  );
});
