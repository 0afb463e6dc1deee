import { CniError } from '../error/cni-error.ts';
import { show } from '../show.ts';
import type { Invocation } from './invocation.ts';
import { requestedValue } from './requested-value.ts';

const mac = /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i;

/**
 * The MAC that the caller asks for, in lower case with colons. The first source that has one counts:
 * `runtimeConfig.mac`, `args.cni.mac`, CNI_ARGS `MAC`. Throws CniError 7 (4 for CNI_ARGS) naming source and
 * value, also for an address that no interface may have (multicast, all zeros).
 */
export function requestedMac(invocation: Pick<Invocation, 'args' | 'config'>): string | undefined {
  const asked = requestedValue(invocation, 'mac', 'MAC');
  if (!asked) return undefined;
  const { source, value, code } = asked;
  if (typeof value !== 'string' || !mac.test(value)) {
    throw new CniError(
      code,
      `invalid ${source}`,
      `${show(value)} is not a MAC address such as 02:00:17:00:00:01`,
    );
  }
  const text = value.toLowerCase().replaceAll('-', ':');
  if (Number.parseInt(text.slice(0, 2), 16) % 2 === 1 || text === '00:00:00:00:00:00') {
    throw new CniError(code, `invalid ${source}`, `${show(value)} is not a unicast MAC address`);
  }
  return text;
}
