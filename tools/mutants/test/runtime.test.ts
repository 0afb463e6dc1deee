import { availableParallelism } from 'node:os';
import { type RuntimeCase, runAll, runCase, runtimeCases } from '@vcn-cni/cni-conformance';
import { openRuntime } from '@vcn-cni/cni-conformance/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missedBy } from '../src/gate/missed-by.ts';
import { type InstalledRuntime, installRuntime } from '../src/runtime/install-runtime.ts';
import { type RuntimeMutant, runtimeMutants } from '../src/runtime/runtime-mutants.ts';

const width = availableParallelism();
const names = Object.keys(runtimeMutants) as RuntimeMutant[];

const namedBy = ({ mutants }: RuntimeCase): readonly string[] =>
  Array.isArray(mutants) ? mutants : [];

const casesOf = (mutant: RuntimeMutant): readonly RuntimeCase[] =>
  runtimeCases.filter((each) => namedBy(each).includes(mutant));

let installed: InstalledRuntime;

beforeAll(async () => {
  installed = await installRuntime();
});

afterAll(async () => {
  await installed[Symbol.asyncDispose]();
});

/** What a runtime that is not broken does not pass: the ids of skips, findings in full. */
async function notPassed(
  cases: readonly RuntimeCase[],
  ownNamespaces: boolean,
): Promise<readonly unknown[]> {
  await using run = await openRuntime(installed.underTest(undefined, { ownNamespaces }));
  const reports = await Array.fromAsync(runAll(cases, width, (each) => runCase(each, run.open)));
  return reports
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ id, finding }) => (finding ? { id, ...finding } : id));
}

async function missed(mutant: RuntimeMutant): Promise<readonly string[]> {
  await using run = await openRuntime(installed.underTest(mutant));
  const found: string[] = [];
  for (const each of casesOf(mutant)) {
    const said = await missedBy(each, run.open);
    if (said) found.push(`${mutant}: ${said}`);
  }
  return found;
}

describe('the reference runtime', () => {
  it('passes every case', { timeout: 180_000 }, async () => {
    // It is given its namespaces.
    expect(await notPassed(runtimeCases, false)).toEqual(['LIF-08']);
  });

  it('passes with namespaces that it makes itself', { timeout: 180_000 }, async () => {
    const cases = runtimeCases.filter(({ id }) => /^(?:LIF-0[158]|ATT)/.test(id));
    expect(await notPassed(cases, true)).toEqual([]);
  });

  it('can be broken in every way that a case names, and in no other', () => {
    expect([...new Set(runtimeCases.flatMap(namedBy))].sort()).toEqual(names.toSorted());
  });

  it('is caught by each case that names how it is broken', { timeout: 300_000 }, async () => {
    const found = await Array.fromAsync(runAll(names, width, missed));
    expect(found.flat()).toEqual([]);
  });
});
