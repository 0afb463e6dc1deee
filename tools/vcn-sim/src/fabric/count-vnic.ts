import type { ParsedTable, Table } from '@vcn-cni/nftables';
import { badSource } from './check-sources.ts';
import type { VnicView } from './vnic-view.ts';

/** Packets of one VNIC, since it was attached. */
export interface VnicTraffic {
  /** Came from the guest with a source that is not the VNIC's, and ended there. */
  droppedSources: number;
  /** Came from the guest and were taken. */
  sent: number;
  /** Were given to the guest. */
  delivered: number;
}

const names = ['droppedSources', 'sent', 'delivered'] as const satisfies (keyof VnicTraffic)[];

export function counterTable(link: string): Pick<Table, 'family' | 'name'> {
  return { family: 'inet', name: `count-${link}` };
}

/** Depends on the name of the link alone. What `checkSources` marked ends here. */
export function countVnic({ link }: Pick<VnicView, 'link'>): Table {
  return {
    ...counterTable(link),
    chains: [
      {
        name: 'arriving',
        base: { type: 'filter', hook: 'prerouting', priority: -309 },
        rules: [
          {
            text: `iifname "${link}" meta mark ${badSource} counter drop`,
            comment: 'droppedSources',
          },
          { text: `iifname "${link}" counter`, comment: 'sent' },
        ],
      },
      {
        name: 'leaving',
        base: { type: 'filter', hook: 'postrouting', priority: 300 },
        rules: [{ text: `oifname "${link}" counter`, comment: 'delivered' }],
      },
    ],
  };
}

/** All zero where there is no such table. */
export function readTraffic(table: ParsedTable | undefined): VnicTraffic {
  const packets = (name: string): number => packetsOf(table, ({ comment }) => comment === name);
  const [droppedSources, sent, delivered] = names.map(packets) as [number, number, number];
  return { droppedSources, sent, delivered };
}

/** The counters of the rules that `wanted` names, added up. */
export function packetsOf(
  table: ParsedTable | undefined,
  wanted: (rule: { comment?: string }) => boolean = () => true,
): number {
  const rules = (table?.chains ?? []).flatMap((chain) => chain.rules).filter(wanted);
  return rules
    .flatMap(({ statements }) => statements)
    .map((statement) => statement['counter'] as { packets?: number } | undefined)
    .reduce((sum, counter) => sum + (counter?.packets ?? 0), 0);
}
