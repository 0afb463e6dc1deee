import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missedBy } from '../src/gate/missed-by.ts';
import { casesOf, tries } from '../src/gate/tries.ts';
import { isCaught, tryReference } from '../src/gate/try-reference.ts';
import type { Installed } from '../src/install.ts';
import { installPlugins } from '../src/install.ts';
import { openReference } from '../src/open-reference.ts';
import { hasCompiler } from './has-compiler.ts';

const isLong = process.env['VCN_CNI_LONG'] === '1';
const deadline = 120_000;

/** One of `parts` parts of the gate: each is a file, so that they run at the same time. */
export function gate(part: number, parts: number): void {
  let installed: Installed;
  describe.runIf(hasCompiler())('a mutant is caught by each case that names it', () => {
    beforeAll(async () => {
      installed = await installPlugins();
    });
    afterAll(() => installed[Symbol.asyncDispose]());

    const own = tries.filter((_, at) => at % parts === part);
    it.each(own.map((each) => [each.mutant.name, each.role, each] as const))(
      '%s, %s',
      async (name, role, { cases }) => {
        await using run = await openReference(installed, role, { mutant: name });
        const said = [];
        for (const each of cases) said.push(await missedBy(each, run.open));
        expect(said.filter((each) => each !== undefined)).toEqual([]);
        expect(cases.length, 'cases that name it').toBeGreaterThan(0);
        if (!isLong) return;
        const fast = casesOf(role).filter((each) => each.fast && !cases.includes(each));
        const others = await tryReference(installed, role, fast, { mutant: name });
        const also = others.filter(isCaught).map(({ id }) => id);
        console.log(
          `${name}, ${role}: ${also.length === 0 ? 'nobody else' : `also ${also.join(', ')}`}`,
        );
      },
      deadline,
    );
  });
}
