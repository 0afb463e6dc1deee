import { CniError } from './error/cni-error.ts';
import { ErrorCode } from './error/error-codes.ts';
import type { Verb } from './invocation/invocation.ts';

/** Every released version of SPEC.md, oldest first. */
export const supportedVersions = [
  '0.1.0',
  '0.2.0',
  '0.3.0',
  '0.3.1',
  '0.4.0',
  '1.0.0',
  '1.1.0',
] as const;

export type CniVersion = (typeof supportedVersions)[number];

export const latestVersion: CniVersion = '1.1.0';

/** What a configuration without `cniVersion` is taken for, as every runtime does. */
export const oldestVersion: CniVersion = '0.1.0';

export function isCniVersion(value: unknown): value is CniVersion {
  return (supportedVersions as readonly unknown[]).includes(value);
}

/** True for one to three integers between dots, which is all that versions are compared by. */
export function isVersionText(text: string): boolean {
  return text === '' || /^\d{1,9}(\.\d{1,9}){0,2}$/.test(text);
}

/**
 * Negative, zero or positive as `a` is older than, equal to or newer than `b`. Missing parts are 0 and an
 * empty text is 0.1.0. Throws CniError 1 for anything else (`1.0.0-rc1`, `v1`).
 */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parts(version: string): number[] {
  if (!isVersionText(version)) {
    throw new CniError(
      ErrorCode.IncompatibleVersion,
      `cniVersion ${JSON.stringify(version)} is not a version`,
      `give one of ${supportedVersions.join(', ')}`,
    );
  }
  return (version === '' ? oldestVersion : version).split('.').map(Number);
}

/** The first version whose runtimes send the verb (SPEC 0.4.0 brought CHECK, 1.1.0 GC and STATUS). */
const since: Record<Verb, CniVersion> = {
  ADD: '0.1.0',
  DEL: '0.1.0',
  VERSION: '0.1.0',
  CHECK: '0.4.0',
  GC: '1.1.0',
  STATUS: '1.1.0',
};

export function versionAllows(version: string, verb: Verb): boolean {
  return compareVersions(version, since[verb]) >= 0;
}

/**
 * The version to use of a list that names several (SPEC section 1, `cniVersions`): the highest that is
 * supported. A list of which none is supported keeps its `cniVersion`, so that the plugin can refuse it.
 */
export function negotiateVersion(
  list: { cniVersion?: string | undefined; cniVersions?: readonly string[] | undefined },
  supported: readonly string[] = supportedVersions,
): string {
  const own = list.cniVersion || oldestVersion;
  let best: string | undefined;
  for (const version of [own, ...(list.cniVersions ?? [])]) {
    if (!supported.includes(version)) continue;
    if (best === undefined || compareVersions(version, best) > 0) best = version;
  }
  return best ?? own;
}
