import type { CaseReport, Role, Standard } from '@vcn-cni/cni-conformance';
import type { CniVersion } from '@vcn-cni/cni-spec';

/** A report, with what was to be done and seen. */
export interface TriedCase extends CaseReport {
  readonly does: string;
  readonly expects: string;
}

/** Whom a run was about. */
export type Subject =
  | {
      readonly kind: 'plugin';
      readonly type: string;
      readonly bin: string;
      /** Not known of a plugin that does not answer. */
      readonly role?: Role;
      readonly supportedVersions: readonly string[];
    }
  | { readonly kind: 'runtime'; readonly commands: Readonly<Record<string, string>> };

/** All that a run found: what every printer prints. */
export interface RunReport {
  readonly subject: Subject;
  readonly spec: CniVersion;
  /** In the order of the specification. */
  readonly cases: readonly TriedCase[];
  readonly standard: Standard;
  /** How many cases were to be tried: more than there are where it was interrupted. */
  readonly planned: number;
  readonly durationMs: number;
  /** What could not be seen or done here, as without root; a sentence each. */
  readonly limits: readonly string[];
  /** The command line that tries one case again and shows its evidence. */
  readonly again: (id: string) => string;
}
