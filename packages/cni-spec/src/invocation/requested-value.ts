import { ErrorCode } from '../error/error-codes.ts';
import type { Invocation } from './invocation.ts';

interface Requested {
  source: string;
  value: unknown;
  /** For a value that cannot be used. */
  code: number;
}

/** Where a value is asked for, newest way first; an older one is ignored when a newer is there. */
export function requestedValue(
  { config, args }: Pick<Invocation, 'args' | 'config'>,
  field: string,
  cniArg: string,
): Requested | undefined {
  const places: Requested[] = [
    {
      source: `runtimeConfig.${field}`,
      value: config.runtimeConfig?.[field],
      code: ErrorCode.InvalidNetworkConfig,
    },
    {
      source: `args.cni.${field}`,
      value: (config.args?.['cni'] as Record<string, unknown> | undefined | null)?.[field],
      code: ErrorCode.InvalidNetworkConfig,
    },
    { source: `CNI_ARGS ${cniArg}`, value: args.get(cniArg), code: ErrorCode.InvalidEnvironment },
  ];
  return places.find(({ value }) => !isNothing(value));
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}
