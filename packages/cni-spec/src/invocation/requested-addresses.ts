import { CniError } from '../error/cni-error.ts';
import { formatInet, isCidr, parseInet } from '../inet.ts';
import { show } from '../show.ts';
import type { Invocation } from './invocation.ts';
import { requestedValue } from './requested-value.ts';

/**
 * The addresses that the caller asks for, canonical and without prefix length; empty if it asks for none.
 * The first source that has any counts: `runtimeConfig.ips`, `args.cni.ips`, CNI_ARGS `IP` (CONVENTIONS.md).
 * Throws CniError 7 (4 for CNI_ARGS) naming source and value.
 */
export function requestedAddresses(invocation: Pick<Invocation, 'args' | 'config'>): string[] {
  const asked = requestedValue(invocation, 'ips', 'IP');
  if (!asked) return [];
  const { source, code } = asked;
  const list = typeof asked.value === 'string' ? asked.value.split(',') : asked.value;
  if (!Array.isArray(list)) {
    throw new CniError(code, `invalid ${source}`, `${show(list)}: expected a list of addresses`);
  }
  const addresses = list.map((value: unknown) => {
    const text = typeof value === 'string' ? value.trim() : '';
    const inet = text.includes('/') && !isCidr(text) ? undefined : parseInet(text.split('/')[0]!);
    if (inet) return formatInet(inet);
    throw new CniError(code, `invalid ${source}`, `${show(value)} is not an IP address`);
  });
  return [...new Set(addresses)];
}
