import type { BlockState } from './block-state.ts';
import type { Link } from './chain.ts';
import type { Family } from './family.ts';
import type { AttachmentKey } from './model.ts';

/** An address that the books know: leased (`key`), cooling (`until`), or rested (neither). */
export interface Entry extends Link<Entry> {
  readonly family: Family;
  readonly value: bigint;
  /** Canonical text. */
  readonly address: string;
  /** The block that holds it now; undefined once that was removed. */
  block: BlockState | undefined;
  /** CIDR and VNIC of the last block that held it. */
  cidr: string;
  vnic: string;
  key: AttachmentKey | undefined;
  until: number | undefined;
  /** Which release of the pool made it cool: orders those that end at one moment. */
  released: number;
}
