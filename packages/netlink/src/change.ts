/** What a watcher is told: small facts, not whole objects; who needs more takes a snapshot. */
import type { AddressSpec, LinkFact, NeighbourSpec, RouteSpec, RuleSpec } from './state.ts';

export type Change =
  | { kind: 'link'; event: 'new' | 'gone'; link: LinkFact }
  | { kind: 'address'; event: 'new' | 'gone'; linkIndex: number; address: AddressSpec }
  | { kind: 'route'; event: 'new' | 'gone'; route: RouteSpec; linkIndex?: number }
  | { kind: 'rule'; event: 'new' | 'gone'; rule: RuleSpec }
  | {
      kind: 'neighbour';
      event: 'new' | 'gone';
      linkIndex: number;
      /** Without a MAC where it had none when it went. */
      neighbour: Omit<NeighbourSpec, 'mac'> & { mac?: string };
      permanent: boolean;
    }
  /** Announcements were lost (ENOBUFS): only a new snapshot tells what is there. */
  | { kind: 'overrun' };
