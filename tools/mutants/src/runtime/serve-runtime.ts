import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CniError } from '@vcn-cni/cni-spec';
import type { Serve } from '../transport/caller.ts';
import { add } from './operations/add.ts';
import { check } from './operations/check.ts';
import { del } from './operations/del.ts';
import { gc } from './operations/gc.ts';
import { status } from './operations/status.ts';
import { makesNamespaces, ownNamespace, withOwnNamespace } from './own-namespace.ts';
import { type Named, type RuntimeWorld, variable } from './runtime-world.ts';
import { createTurns, type Excludes } from './turns.ts';

type Operate = (world: RuntimeWorld, named: Named) => Promise<unknown>;

const operations: Readonly<Record<string, Operate>> = { add, check, del, gc, status };

/** Serves the reference runtime: OPERATION says what to do, MUTANT how it is broken, if it is. */
export function serveRuntime(): Serve {
  const takeTurn = createTurns();
  const named: Map<string, Named> = new Map();
  return async (caller) => {
    const world: RuntimeWorld = { caller, is: (mutant) => mutant === caller.environment['MUTANT'] };
    const operation = variable(world, 'OPERATION');
    const operate = operations[operation];
    if (!operate) throw new Error(`OPERATION is "${operation}"`);
    const machine = String(statSync(`${caller.root}/run`).dev);
    const own: Named = {
      network: variable(world, 'NETWORK'),
      id: variable(world, 'CONTAINER_ID'),
      netns: makesNamespaces(world)
        ? ownNamespace({ id: variable(world, 'CONTAINER_ID') })
        : variable(world, 'NETNS'),
      ifname: variable(world, 'IFNAME'),
    };
    named.set(machine, own);
    if (world.is('mixes-up-containers')) await sleep(50);
    const whom = world.is('mixes-up-containers') ? named.get(machine)! : own;
    const id = operation === 'gc' ? undefined : whom.id;
    try {
      const said = await takeTurn({ machine, id }, excludesOf(world), () =>
        makesNamespaces(world)
          ? withOwnNamespace(world, operation, whom, () => operate(world, whom))
          : operate(world, whom),
      );
      return { exitCode: 0, stdout: typeof said === 'string' ? said : '', stderr: '' };
    } catch (error) {
      return { exitCode: 1, stdout: '', stderr: `${CniError.from(error).message}\n` };
    }
  };
}

function excludesOf(world: RuntimeWorld): Excludes {
  return (earlier, later) => {
    if (world.is('one-lock-for-all')) return true;
    if (later.id === undefined) return !world.is('gc-with-others');
    if (earlier.id === undefined) return !world.is('others-with-gc');
    return earlier.id === later.id && !world.is('no-lock-a-container');
  };
}
