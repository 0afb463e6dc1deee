import { isDeepStrictEqual } from 'node:util';
import type { Pool } from '@vcn-cni/ipam';
import type { ActualState, Change, RuleSpec } from '@vcn-cni/netlink';
import type { HostSettings, NodeFacts } from '@vcn-cni/pod-network';
import type { SourceWait } from '../source/address-source.ts';
import { joinVnics } from './join-vnics.ts';
import { nothingOffered, type Offer } from './offer.ts';
import { assignSlots, type Slots, slotsInRules } from './slots.ts';

export interface NodeViewDeps {
  /** Reads the links of the host, and the rules that are there when the first VNICs are told of. */
  look(): Promise<Pick<ActualState, 'links' | 'rules'>>;
  pool: Pick<Pool, 'setBlocks'>;
  /** Milliseconds of CLOCK_BOOTTIME. */
  now(): number;
  /** The kernel has to be made like `facts()` anew. */
  changed(): void;
  /** A card of a VNIC is gone, or one that nobody has told of is there: what the source told may be outdated. */
  cardsChanged(event: 'new' | 'gone'): void;
  failed(error: unknown): void;
}

/** What is known of the node: its primary VNIC, what a source gave it, and what of that the kernel has. */
export interface NodeView {
  facts(): NodeFacts;
  /** Before a source has told anything, nothing on the host may be taken for superfluous. */
  known(): boolean;
  /** Throws PoolError for blocks that cannot be. */
  offer(offer: Offer): void;
  /** The kernel is like these facts now: their blocks can be used. */
  wired(facts: NodeFacts): void;
  /** VNICs whose link is not on the host. */
  missing(): readonly SourceWait[];
  /** Takes an announcement of the kernel into account; answers whether it is about a VNIC of the node. */
  heed(change: Change): boolean;
  /** Resolves when the links that were last announced are taken into account. */
  settled(): Promise<void>;
}

/**
 * Blocks are used only once the kernel sends what comes from them by the right VNIC: until then they are in the pool
 * as draining.
 */
export function createNodeView(
  base: NodeFacts,
  settings: HostSettings,
  { look, pool, now, changed, cardsChanged, failed }: NodeViewDeps,
): NodeView {
  let offered: Offer = nothingOffered;
  let known = false;
  let links: ActualState['links'] = [];
  let rules: readonly RuleSpec[] | undefined;
  let slots: Slots = new Map();
  let usable: ReadonlySet<string> = new Set();
  let missingSince: ReadonlyMap<string, number> = new Map();
  let joined = joinVnics(base, offered, links, slots);
  let looking: Promise<void> = Promise.resolve();
  /** Indexes of links that are neither a VNIC's nor a pod's. */
  const strangers = new Set<number>();
  const isPodLink = ({ name }: { name: string }) => name.startsWith(settings.interfacePrefix);

  const update = (): void => {
    const ids = offered.vnics.map(({ id }) => id);
    const before = slots.size > 0 ? slots : slotsInRules(offered.vnics, rules ?? [], settings);
    slots = assignSlots(ids, before);
    const next = joinVnics(base, offered, links, slots);
    const same = known && isDeepStrictEqual(next.node, joined.node);
    joined = next;
    usable = new Set(blocksOf(joined.node).filter((block) => usable.has(block)));
    setBlocks();
    missingSince = new Map(joined.missing.map(({ id }) => [id, missingSince.get(id) ?? now()]));
    if (!same) changed();
  };
  const setBlocks = (): void =>
    pool.setBlocks(
      offered.blocks.map((block) =>
        usable.has(nameOf(block.vnic, block.cidr)) ? block : { ...block, draining: true },
      ),
    );
  const lookAgain = (): void => {
    looking = looking
      .then(look)
      .then((actual) => {
        links = actual.links;
        rules ??= actual.rules;
        known = true;
        update();
      })
      .catch(failed);
  };

  return {
    facts: () => joined.node,
    known: () => known,
    offer(offer) {
      offered = offer;
      const unseen = offer.vnics.some(({ id }) => !slots.has(id)) || joined.missing.length > 0;
      if (unseen) lookAgain();
      if (unseen && !known) return;
      known = true;
      update();
    },
    wired(facts) {
      const there = new Set(blocksOf(facts));
      usable = new Set(blocksOf(joined.node).filter((block) => there.has(block)));
      setBlocks();
    },
    missing: () =>
      joined.missing.map(({ id, mac }) => ({
        ...{ cause: 'link-missing', subject: id, detail: `MAC address ${mac}` },
        since: missingSince.get(id)!,
      })),
    heed(change) {
      if (change.kind === 'overrun') {
        lookAgain();
        return true;
      }
      const { primary, secondaries } = joined.node;
      const names = [primary, ...secondaries].map(({ name }) => name);
      if (change.kind === 'link') {
        const { event, link } = change;
        const card = offered.vnics.some(({ mac }) => mac === link.mac);
        const known = card || names.includes(link.name) || isPodLink(link);
        if (!known && event === 'new' && !strangers.has(link.index)) cardsChanged('new');
        if (!known) strangers[event === 'new' ? 'add' : 'delete'](link.index);
        if (card && event === 'gone') cardsChanged('gone');
        if (!card && !names.includes(link.name)) return false;
        lookAgain();
        return true;
      }
      if (change.kind !== 'address' || change.event !== 'gone') return false;
      return links.some(({ name, index }) => index === change.linkIndex && names.includes(name));
    },
    settled: () => looking,
  };
}

/** A block is another one on another VNIC. */
const nameOf = (vnic: string, cidr: string): string => `${vnic} ${cidr}`;

const blocksOf = ({ primary, secondaries }: NodeFacts): string[] =>
  [primary, ...secondaries].flatMap(({ id, blocks }) => blocks.map((cidr) => nameOf(id, cidr)));
