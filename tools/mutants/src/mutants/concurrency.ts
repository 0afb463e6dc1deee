import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '@vcn-cni/cni-conformance';
import type { Outcome } from '../transport/caller.ts';
import type { Call } from './call.ts';
import { forget, remember, remembered } from './memory.ts';
import type { Around, Mutant } from './mutant.ts';
import { after, refuses, results, runs, shell, success } from './ways.ts';

const ofInterface = ['interface'] as const;
const ofIpam = ['ipam'] as const;

type Next = (call: Call) => Promise<Outcome>;

/** Breaks `verb` while there is another call of one of `verbs`; each of these takes a little longer than it need. */
const whileOthers =
  (verb: string, verbs: readonly string[], broken: Around): Around =>
  async (call: Call, next: Next) => {
    const isOther = verbs.includes(call.verb);
    const mark = `${call.verb}.${randomUUID()}`;
    if (isOther) await remember(call, mark);
    try {
      const marks = await remembered(call);
      const others = marks.filter((each) => each !== mark && verbs.includes(each.split('.')[0]!));
      if (isOther) await sleep(20);
      return await (call.verb === verb && others.length > 0 ? broken(call, next) : next(call));
    } finally {
      if (isOther) await forget(call, mark);
    }
  };

const refusesAll = refuses(() => true, 11, 'busy');

/** Gives what another container has. */
const gives =
  (address: (call: Call) => Promise<string>): Around =>
  async (call, next) => {
    const given = await address(call);
    const changed = (ips: JsonObject[]) => [{ ...ips[0], address: given }, ...ips.slice(1)];
    return results((result) => ({
      ...result,
      ips: changed((result['ips'] ?? []) as JsonObject[]),
    }))(call, next);
  };

/** What happens to calls at the same time. */
export const concurrencyMutants: readonly Mutant[] = [
  ...['ADD', 'CHECK', 'DEL'].map((verb) => ({
    name: `${verb.toLowerCase()}-not-concurrent`,
    of: ofInterface,
    does: `${verb} is refused while there is another`,
    around: whileOthers(verb, [verb], refusesAll),
  })),
  {
    name: 'add-same-address-at-once',
    of: ofIpam,
    does: 'ADDs at the same time get the same address',
    around: whileOthers(
      'ADD',
      ['ADD'],
      gives(async () => '10.90.0.2/24'),
    ),
  },
  {
    name: 'add-loses-interface-at-once',
    of: ofInterface,
    does: 'of ADDs at the same time one makes no interface',
    around: whileOthers('ADD', ['ADD'], runs('inside ip link delete "$CNI_IFNAME"', after('ADD'))),
  },
  {
    name: 'del-leaves-reservation-at-once',
    of: ofIpam,
    does: 'of DELs at the same time one does nothing',
    around: whileOthers('DEL', ['DEL'], async () => success),
  },
  {
    name: 'add-takes-address-in-use',
    of: ofIpam,
    does: 'ADD gives an address that is taken, while others check theirs',
    around: whileOthers(
      'ADD',
      ['ADD', 'CHECK', 'DEL'],
      gives(async (call) => {
        const script =
          'ls /var/lib/cni/reference-ipam/reference | grep -F 10.90. | sort -V | sed -n 8p';
        return `${(await shell(call, script)).stdout.trim() || '10.90.0.9'}/24`;
      }),
    ),
  },
  {
    name: 'del-disturbs-check',
    of: ofInterface,
    does: 'CHECK fails while there is a DEL',
    around: whileOthers('CHECK', ['DEL'], refusesAll),
  },
];
