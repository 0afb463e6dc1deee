import { parseAddress } from './address.ts';
import { type Family, families } from './family.ts';
import { formatKey } from './key.ts';
import type { AddressAsk, AttachmentKey } from './model.ts';
import { PoolError } from './pool-error.ts';

/** An ask that was checked: what is wanted by name, and of which families any will do. */
export interface CheckedAsk {
  readonly key: AttachmentKey;
  /** The key as text. */
  readonly id: string;
  /** All wanted, IPv4 first. */
  readonly families: readonly Family[];
  readonly requested: ReadonlyMap<Family, bigint>;
  /** Those without a requested address. */
  readonly any: readonly Family[];
}

/**
 * Throws PoolError: `invalid-ask` with the field and value, `no-family` for a family that `served` does not list,
 * `requested-foreign` for a requested address of a family that is not wanted.
 */
export function checkAsk(ask: AddressAsk, served: readonly Family[]): CheckedAsk {
  for (const part of ['network', 'containerId', 'ifname'] as const) {
    if (!ask.key[part] || ask.key[part].includes('/')) {
      throw new PoolError(
        'invalid-ask',
        `key.${part} is ${JSON.stringify(ask.key[part])}; give a name without a slash`,
      );
    }
  }
  const wanted = families.filter((family) => ask.families.includes(family));
  if (wanted.length === 0 || wanted.length !== ask.families.length) {
    throw new PoolError(
      'invalid-ask',
      `families is ${JSON.stringify(ask.families)}; give "inet", "inet6" or both, each once`,
    );
  }
  const missing = wanted.find((family) => !served.includes(family));
  if (missing) {
    throw new PoolError('no-family', `the pool serves ${served.join(', ')}, not ${missing}`);
  }
  const requested = new Map<Family, bigint>();
  for (const text of ask.requested ?? []) {
    const address = parseAddress(text);
    if (!address) {
      throw new PoolError(
        'invalid-ask',
        `requested ${JSON.stringify(text)} is not an address; write it without prefix length`,
      );
    }
    if (!wanted.includes(address.family)) {
      throw new PoolError(
        'requested-foreign',
        `requested address ${text} is of family ${address.family}, but only ${wanted.join(', ')} is wanted`,
        { address: text },
      );
    }
    if (requested.has(address.family)) {
      throw new PoolError(
        'invalid-ask',
        `requested lists two addresses of family ${address.family}; an attachment has one of each`,
      );
    }
    requested.set(address.family, address.value);
  }
  return {
    key: { ...ask.key },
    id: formatKey(ask.key),
    families: wanted,
    requested,
    any: wanted.filter((family) => !requested.has(family)),
  };
}
