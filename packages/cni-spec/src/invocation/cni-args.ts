import { CniError } from '../error/cni-error.ts';
import { ErrorCode } from '../error/error-codes.ts';
import { show } from '../show.ts';

/**
 * `CNI_ARGS`: `KEY=value` pairs between semicolons (SPEC section 2), in their order; of a repeated key the
 * last counts. A value may hold `=`. Throws CniError 4 for a pair without a key, unless `skipMalformed`.
 */
export function parseCniArgs(
  text: string,
  options: { skipMalformed?: boolean } = {},
): Map<string, string> {
  const args = new Map<string, string>();
  if (text === '') return args;
  for (const pair of text.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0) args.set(pair.slice(0, equals), pair.slice(equals + 1));
    else if (pair !== '' && !options.skipMalformed) {
      throw new CniError(
        ErrorCode.InvalidEnvironment,
        'invalid env variables [CNI_ARGS]',
        `CNI_ARGS holds ${show(pair)}, which is not KEY=value`,
      );
    }
  }
  return args;
}

export function formatCniArgs(args: Iterable<readonly [string, string]>): string {
  return [...args].map(([key, value]) => `${key}=${value}`).join(';');
}
