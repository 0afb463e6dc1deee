import type { AddressHistory, AddressHolder } from '../address-history.ts';
import { formatTable } from './table.ts';

/** What `vcnctl history` prints for people. */
export function showHistory(history: AddressHistory): string {
  const { address, state, block, vnic, holder, coolsForMs, before } = history;
  const place = block === '' ? 'in no block of this node' : `of ${block} on ${vnic}`;
  const cools = coolsForMs === undefined ? '' : ` for ${Math.ceil(coolsForMs / 1000)} s more`;
  const rows = [...(holder ? [row(holder, '')] : []), ...before.map((one) => row(one, one.until))];
  const heading = `${address}: ${state}${cools}, ${place}`;
  if (rows.length === 0) return `${heading}\nnobody is known to have had it`;
  return `${heading}\n${formatTable(['pod', 'container', 'interface', 'network', 'since', 'until'], rows)}`;
}

function row({ pod, containerId, ifname, network, since }: AddressHolder, until: string): string[] {
  return [pod ?? '-', containerId.slice(0, 13), ifname, network, since, until];
}
