import { releasedAttachmentsKey, validAttachmentsKey } from '@vcn-cni/cni-spec';
import { type Call, withConfig } from './call.ts';
import type { Mutant } from './mutant.ts';
import { accepts, after, ends, hears, is, refuses, says, shell, success } from './ways.ts';

const ofInterface = ['interface'] as const;
const collects = is('GC');

interface Listed {
  containerID: string;
  ifname: string;
}

const listOf = ({ config }: Call): Listed[] | null | undefined =>
  (config[validAttachmentsKey] ?? config[releasedAttachmentsKey]) as Listed[] | null | undefined;

const withList = (call: Call, list: readonly Listed[] | undefined): Call =>
  withConfig(call, { [validAttachmentsKey]: list, [releasedAttachmentsKey]: list });

const lists = (change: (list: Listed[]) => Listed[]) =>
  hears((call) => {
    const list = call.verb === 'GC' ? listOf(call) : undefined;
    return list ? withList(call, change(list)) : call;
  });

const isUnknown = async (call: Call): Promise<boolean> =>
  (await shell(call, 'find /var/lib/cni/reference-interface -type f | grep -q .')).exitCode !== 0;

/** What GC does. */
export const collectionMutants: readonly Mutant[] = [
  {
    name: 'gc-does-nothing',
    of: ofInterface,
    does: 'GC does nothing',
    around: ends(collects, success),
  },
  {
    name: 'gc-keeps-address',
    of: ['ipam'],
    does: 'GC releases no address',
    around: ends(collects, success),
  },
  {
    name: 'gc-removes-valid-too',
    of: ofInterface,
    does: 'GC removes all attachments',
    around: lists(() => []),
  },
  {
    name: 'gc-removes-last',
    of: ofInterface,
    does: 'GC removes the last that is listed',
    around: lists((list) => list.slice(0, -1)),
  },
  {
    name: 'gc-ignores-interface-name',
    of: ['ipam'],
    does: 'GC keeps all attachments of a container that is listed',
    around: lists((list) =>
      list.flatMap(({ containerID }) =>
        ['eth0', 'eth1', 'eth2'].map((ifname) => ({ containerID, ifname })),
      ),
    ),
  },
  {
    name: 'gc-ignores-network',
    of: ofInterface,
    does: 'GC is about one network, whatever it is told',
    around: hears((call) => (collects(call) ? withConfig(call, { name: 'reference' }) : call)),
  },
  ...Object.entries({ text: validAttachmentsKey, release: releasedAttachmentsKey }).map(
    ([what, key]) => ({
      name: `gc-ignores-key-of-${what}`,
      of: ofInterface,
      does: `GC does not know ${key}`,
      around: hears((call) => (collects(call) ? withConfig(call, { [key]: undefined }) : call)),
    }),
  ),
  {
    name: 'gc-fails-on-nothing',
    of: ofInterface,
    does: 'GC fails when there is nothing to keep',
    around: refuses((call) => collects(call) === true && listOf(call)?.length === 0),
  },
  {
    name: 'gc-fails-on-unknown',
    of: ofInterface,
    does: 'GC fails when it is to keep what it does not know',
    around: refuses(
      async (call) =>
        collects(call) === true && (listOf(call)?.length ?? 0) > 0 && (await isUnknown(call)),
    ),
  },
  {
    name: 'del-refuses-collected',
    of: ofInterface,
    does: 'DEL of what GC removed is refused',
    around: refuses(async (call) => call.verb === 'DEL' && (await isUnknown(call))),
  },
  {
    name: 'gc-ignores-delegate-failure',
    of: ofInterface,
    does: 'GC does not tell that the IPAM plugin failed',
    around: accepts(collects),
  },
  {
    name: 'gc-prints',
    of: ofInterface,
    does: 'GC prints something',
    around: says((outcome, call) =>
      after('GC')(outcome, call) ? { ...outcome, stdout: '{"removed":0}' } : outcome,
    ),
  },
  {
    name: 'gc-takes-empty-for-none',
    of: ofInterface,
    does: 'GC does nothing when the list is empty',
    around: ends((call) => collects(call) === true && listOf(call)?.length === 0, success),
  },
  {
    name: 'gc-takes-absent-for-empty',
    of: ofInterface,
    does: 'GC removes all attachments when there is no list',
    around: hears((call) =>
      collects(call) && listOf(call) === undefined ? withList(call, []) : call,
    ),
  },
  {
    name: 'gc-takes-null-for-empty',
    of: ofInterface,
    does: 'GC removes all attachments when the list is null',
    around: hears((call) => (collects(call) && listOf(call) === null ? withList(call, []) : call)),
  },
];
