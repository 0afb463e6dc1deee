import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call } from './call.ts';
import type { Mutant } from './mutant.ts';
import { accepts, after, refuses, says, shell, withCode } from './ways.ts';

const ofInterface = ['interface'] as const;

const checks = ({ verb }: Call): boolean => verb === 'CHECK';
const when = (test: (call: Call) => boolean | Promise<boolean>) => async (call: Call) =>
  checks(call) && (await test(call));
const finds = (script: string) => when(async (call) => (await shell(call, script)).exitCode === 0);

/** How often CHECK was called before for this container. */
async function timesBefore({ caller, environment }: Call): Promise<number> {
  const file = join(caller.root, `run/reference-checked-${environment['CNI_CONTAINERID']}`);
  const before = await stat(file).catch(() => undefined);
  await appendFile(file, '.');
  return before?.size ?? 0;
}

/** What a later plugin may have done, as lines of sh that find it. */
const laterChanges = {
  route: 'inside ip route show | grep -q ^203.0.113',
  address: 'inside ip address show | grep -q 198.18.3.9',
  interface: '[ "$(inside ip -o link show | grep -c .)" -gt 2 ]',
  mac: `mac=$(inside ip -o link show dev "$CNI_IFNAME" | grep -o 'ether [0-9a-f:]*' | cut -d' ' -f2)
    ! ip neighbour show nud permanent | grep -q "$mac"`,
  mtu: '! inside ip -o link show dev "$CNI_IFNAME" | grep -q "mtu 1500"',
};

/** What CHECK does, but for what it does not look at. */
export const checkMutants: readonly Mutant[] = [
  {
    name: 'check-accepts-absent-prevresult',
    of: ofInterface,
    does: 'CHECK without prevResult is no error',
    around: accepts(when(({ config }) => !config['prevResult'])),
  },
  ...Object.entries(laterChanges).map(([what, script]) => ({
    name: `check-refuses-later-${what}`,
    of: ofInterface,
    does: `CHECK fails when a later plugin changed something (${what})`,
    around: refuses(finds(script), 106),
  })),
  {
    name: 'check-fails-at-first',
    of: ofInterface,
    does: 'the first CHECK fails',
    around: refuses(when(async (call) => (await timesBefore(call)) === 0)),
  },
  {
    name: 'check-fails-sometimes',
    of: ofInterface,
    does: 'every seventh CHECK fails',
    around: refuses(when(async (call) => (await timesBefore(call)) % 7 === 6)),
  },
  {
    name: 'check-prints',
    of: ofInterface,
    does: 'CHECK prints a result',
    around: says((outcome, call) =>
      after('CHECK')(outcome, call) ? { ...outcome, stdout: '{"cniVersion":"1.1.0"}' } : outcome,
    ),
  },
  {
    name: 'check-allows-old-version',
    of: ofInterface,
    does: 'CHECK works in versions that do not have it',
    around: accepts(when(({ config }) => /^0\.[123]/.test(String(config['cniVersion'])))),
  },
  {
    name: 'check-old-version-wrong-code',
    of: ofInterface,
    does: 'CHECK in versions that do not have it is refused with code 4',
    around: withCode([1], 4, checks),
  },
  ...['check-ignores-hinted', 'check-ignores-daemon'].map((name) => ({
    name,
    of: ofInterface,
    does: 'CHECK always succeeds',
    around: accepts(checks),
  })),
];
