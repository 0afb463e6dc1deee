import { expect, test } from 'vitest';
import { Finding } from '../judge/finding.ts';
import { Skip } from '../judge/skip.ts';
import { runCase } from './run-case.ts';

/** Opens a harness that is nothing, and counts. */
function opener() {
  const counts = { opened: 0, closed: 0 };
  const open = async () => {
    counts.opened++;
    return {
      harness: undefined,
      evidence: [{ kind: 'note', text: `attempt ${counts.opened}` }] as const,
      [Symbol.asyncDispose]: async () => void counts.closed++,
    };
  };
  return { counts, open };
}

const known = { id: 'DEL-06/again', title: 'x' };

async function verdictOf(run: () => Promise<void>, id = known.id) {
  const { counts, open } = opener();
  const report = await runCase({ ...known, id, run }, open);
  expect(counts.closed).toBe(counts.opened);
  return { ...report, attempts: counts.opened };
}

test('nothing found is a pass, at once', async () => {
  const { verdict, attempts, level, section } = await verdictOf(async () => {});
  expect({ verdict, attempts, level }).toEqual({ verdict: 'pass', attempts: 1, level: 'MUST' });
  expect(section).toContain('DEL');
});

test('a finding is tried again from the beginning: only once found is a flake', async () => {
  const wrong = () => {
    throw new Finding('residue', 'a link stays');
  };
  expect(await verdictOf(async () => wrong())).toMatchObject({
    verdict: 'fail',
    attempts: 2,
    finding: { key: 'residue' },
    evidence: [{ text: 'attempt 1' }],
  });
  let times = 0;
  const once = async () => {
    if (times++ === 0) wrong();
  };
  expect(await verdictOf(once)).toMatchObject({ verdict: 'flake', finding: { key: 'residue' } });
});

test('a finding that the field shares is a deviation, another of the same case is not', async () => {
  const find = (key: string) => async () => {
    throw new Finding(key, 'seen');
  };
  const deviation = await verdictOf(find('version-not-echoed'), 'VER-02');
  expect(deviation.verdict).toBe('deviation');
  expect(deviation.deviation?.references.length).toBeGreaterThan(0);
  expect((await verdictOf(find('something-else'), 'VER-02')).verdict).toBe('fail');
});

test('a skip keeps its reason; a runner that cannot judge never passes', async () => {
  const skipped = await verdictOf(async () => {
    throw new Skip('no ipam');
  });
  expect(skipped).toMatchObject({ verdict: 'skip', reason: 'no ipam', attempts: 1 });
  const broken = await verdictOf(async () => {
    throw new TypeError('x is undefined');
  });
  expect(broken).toMatchObject({ verdict: 'fail', finding: { key: 'not-judged' } });
});
