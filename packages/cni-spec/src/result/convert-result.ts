import { CniError } from '../error/cni-error.ts';
import { ErrorCode } from '../error/error-codes.ts';
import { show } from '../show.ts';
import {
  type CniVersion,
  isCniVersion,
  latestVersion,
  oldestVersion,
  supportedVersions,
} from '../version.ts';
import { detailedToPlain } from './detailed-to-plain.ts';
import type { Fields } from './fields-of.ts';
import type { Loss } from './loss.ts';
import { plainToTyped } from './plain-to-typed.ts';
import type { ResultDocument } from './result.ts';
import { singleToTyped } from './single-to-typed.ts';
import { typedToPlain } from './typed-to-plain.ts';
import { typedToSingle } from './typed-to-single.ts';

type Shape = 'single' | 'typed' | 'plain' | 'detailed';
type Step = (document: Fields, losses: Loss[]) => Fields;

/** `ip4` and `ip6`; `ips` with `version`; `ips` without; more about interfaces and routes. */
const shapes: Record<CniVersion, Shape> = {
  '0.1.0': 'single',
  '0.2.0': 'single',
  '0.3.0': 'typed',
  '0.3.1': 'typed',
  '0.4.0': 'typed',
  '1.0.0': 'plain',
  '1.1.0': 'detailed',
};

const steps: Record<Shape, Record<Shape, Step[]>> = {
  single: {
    ...{ single: [], typed: [singleToTyped] },
    plain: [singleToTyped, typedToPlain],
    detailed: [singleToTyped, typedToPlain],
  },
  typed: { single: [typedToSingle], typed: [], plain: [typedToPlain], detailed: [typedToPlain] },
  // Plugins in Go write fields of 1.1.0 into 1.0.0 too.
  plain: {
    single: [detailedToPlain, plainToTyped, typedToSingle],
    typed: [detailedToPlain, plainToTyped],
    ...{ plain: [], detailed: [] },
  },
  detailed: {
    single: [detailedToPlain, plainToTyped, typedToSingle],
    typed: [detailedToPlain, plainToTyped],
    ...{ plain: [detailedToPlain], detailed: [] },
  },
};

/**
 * A result of any version as a document of another. Fields that no version knows stay where their object
 * stays; everything that had to go is in `losses`. An empty own version is taken for the latest, an empty
 * target for 0.1.0. Throws CniError 1 for an unknown version, and for a result without addresses that should
 * become 0.1.0 or 0.2.0.
 */
export function convertResult(
  result: ResultDocument,
  version: string,
): { document: ResultDocument; losses: Loss[] } {
  const from = known(result.cniVersion || latestVersion);
  const to = known(version || oldestVersion);
  const losses: Loss[] = [];
  let document: Fields = result;
  for (const step of steps[shapes[from]][shapes[to]]) document = step(document, losses);
  return { document: { ...document, cniVersion: to }, losses };
}

function known(version: string): CniVersion {
  if (isCniVersion(version)) return version;
  throw new CniError(
    ErrorCode.IncompatibleVersion,
    `no result of cniVersion ${show(version)}`,
    `known versions are ${supportedVersions.join(', ')}`,
  );
}
