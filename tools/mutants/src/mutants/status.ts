import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { stopFile } from '../plugins/stoppable.ts';
import type { Call } from './call.ts';
import { remember, remembers } from './memory.ts';
import type { Around, Mutant } from './mutant.ts';
import { accepts, after, ends, is, refuses, says, shell, success, withCode } from './ways.ts';

const ofInterface = ['interface'] as const;

const asks = is('STATUS');
const isStopped = async ({ caller }: Call): Promise<boolean> =>
  (await stat(join(caller.root, stopFile)).catch(() => undefined)) !== undefined;

/** Whether the pool of five addresses is used up. */
async function isFull(call: Call): Promise<boolean> {
  const { stdout } = await shell(call, 'find /var/lib/cni -name "10.91.*" | grep -c .');
  return Number(stdout) >= 5;
}

/** Fails for ever when it failed once. */
const neverRecovers: Around = async (call, next) => {
  if (call.verb !== 'STATUS') return next(call);
  if (await remembers(call, 'failed')) return refuses(() => true, 50)(call, next);
  const outcome = await next(call);
  if (outcome.exitCode !== 0) await remember(call, 'failed');
  return outcome;
};

/** What STATUS does, and what others do because of it. */
export const statusMutants: readonly Mutant[] = [
  {
    name: 'status-always-fails',
    of: ofInterface,
    does: 'STATUS fails',
    around: refuses(asks, 50, 'not ready'),
  },
  {
    name: 'add-fails-after-status',
    of: ofInterface,
    does: 'ADD fails, whatever STATUS said',
    around: refuses(is('ADD'), 11),
  },
  ...[
    'status-ignores-stop',
    'status-ignores-missing-delegate',
    'status-ignores-exhaustion',
    'status-ignores-delegate-failure',
  ].map((name) => ({
    name,
    of: ofInterface,
    does: 'STATUS always succeeds',
    around: accepts(asks),
  })),
  {
    name: 'status-stop-wrong-code',
    of: ofInterface,
    does: 'STATUS fails with code 7',
    around: withCode([50], 7, asks),
  },
  {
    name: 'status-exhaustion-wrong-code',
    of: ofInterface,
    does: 'STATUS fails with code 11',
    around: withCode([50], 11, asks),
  },
  {
    name: 'status-remembers-failure',
    of: ofInterface,
    does: 'STATUS fails for ever when it failed once',
    around: neverRecovers,
  },
  {
    name: 'status-remembers-exhaustion',
    of: ['ipam'],
    does: 'STATUS fails for ever when all addresses were given once',
    async around(call, next) {
      if (call.verb === 'STATUS' && (await remembers(call, 'full')))
        return refuses(() => true, 50)(call, next);
      const outcome = await next(call);
      if (call.verb === 'ADD' && (await isFull(call))) await remember(call, 'full');
      return outcome;
    },
  },
  {
    name: 'status-fails-once',
    of: ofInterface,
    does: 'STATUS fails once, and succeeds then',
    around: says(async (outcome, call) => {
      if (call.verb !== 'STATUS' || outcome.exitCode === 0) return outcome;
      if (await remembers(call, 'failed')) return success;
      await remember(call, 'failed');
      return outcome;
    }),
  },
  {
    name: 'add-needs-status',
    of: ofInterface,
    does: 'ADD fails as long as nobody asked for STATUS',
    async around(call, next) {
      if (call.verb === 'STATUS') await remember(call, 'asked');
      const early = call.verb === 'ADD' && !(await remembers(call, 'asked'));
      return early ? refuses(() => true, 11)(call, next) : next(call);
    },
  },
  {
    name: 'del-refused-while-stopped',
    of: ofInterface,
    does: 'DEL fails when STATUS does',
    around: refuses(async (call) => call.verb === 'DEL' && (await isStopped(call)), 11),
  },
  {
    name: 'del-forgotten-while-stopped',
    of: ofInterface,
    does: 'DEL does nothing when STATUS fails',
    around: ends(async (call) => call.verb === 'DEL' && (await isStopped(call)), success),
  },
  {
    name: 'del-refused-while-exhausted',
    of: ['ipam'],
    does: 'DEL fails when all addresses are given',
    around: refuses(async (call) => call.verb === 'DEL' && (await isFull(call)), 11),
  },
  {
    name: 'status-skips-delegate',
    of: ofInterface,
    does: 'STATUS does not ask the IPAM plugin',
    around: ends(asks, success),
  },
  {
    name: 'status-prints',
    of: ofInterface,
    does: 'STATUS prints something',
    around: says((outcome, call) =>
      after('STATUS')(outcome, call) ? { ...outcome, stdout: '{"ready":true}' } : outcome,
    ),
  },
];
