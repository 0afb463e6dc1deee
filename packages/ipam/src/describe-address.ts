import { formatAddress, parseAddress } from './address.ts';
import type { Ledger } from './ledger.ts';
import type { AttachmentKey, LeasedAddress } from './model.ts';

/** An address and where it stands. `foreign`: in no block of the pool, then `block` and `vnic` are empty. */
export interface AddressState extends LeasedAddress {
  state: 'free' | 'leased' | 'cooling' | 'draining' | 'excluded' | 'foreign';
  /** Who holds it, if leased. */
  key?: AttachmentKey;
  /** When it may be leased again, if cooling. */
  until?: number;
}

export function describeAddress(ledger: Ledger, text: string): AddressState | undefined {
  const parsed = parseAddress(text);
  if (!parsed) return undefined;
  const { family, value } = parsed;
  const entry = ledger.known[family].get(value);
  const found = ledger.index.find(family, value);
  const block = found?.cidr.text ?? entry?.cidr ?? '';
  const vnic = found?.block.vnic ?? entry?.vnic ?? '';
  const base = { family, address: formatAddress(family, value), block, vnic };
  if (entry?.key) return { ...base, state: 'leased', key: entry.key };
  if (entry?.until !== undefined) return { ...base, state: 'cooling', until: entry.until };
  if (!found) return { ...base, state: 'foreign' };
  if (found.excluded.has(value)) return { ...base, state: 'excluded' };
  if (!found.shelf) return { ...base, state: 'draining' };
  if (!entry && ledger.frozenUntil > 0) {
    return { ...base, state: 'cooling', until: ledger.frozenUntil };
  }
  return { ...base, state: 'free' };
}
