/** Where pod addresses come from while the daemon runs: a cloud, or a document that somebody writes. */
import type { Offer } from '../node/offer.ts';

/** Something that is not done now, and why. */
export interface SourceWait {
  /** Such as `subnet-updating`. */
  cause: string;
  /** OCID, address, call, file or URL. */
  subject: string;
  /** Milliseconds of CLOCK_BOOTTIME. */
  since: number;
  /** When it is tried again, on the same clock. */
  until?: number;
  detail?: string;
}

/** A VNIC as an operator wants to see it. */
export interface SourcedVnic {
  /** OCID; absent as long as there is only an order. */
  id?: string;
  name: string;
  /** OCID. */
  subnet?: string;
  state: string;
  mac?: string;
  addresses: readonly string[];
}

export interface AddressSource extends AsyncDisposable {
  /** Begins; `offer` is told all that there is, again whenever it changes. It may throw. */
  start(offer: (offer: Offer) => void): void;
  /** More or fewer addresses are leased or waited for. */
  demandChanged(): void;
  /** A network card came or went: what was told may be outdated. */
  cardsChanged(event: 'new' | 'gone'): void;
  /** `cache`: the cloud is away, and this is what it said before. */
  origin(): 'none' | 'cache' | 'cloud' | 'file';
  vnics(): readonly SourcedVnic[];
  waits(): readonly SourceWait[];
  /** More addresses are under way. */
  growing(): boolean;
}
