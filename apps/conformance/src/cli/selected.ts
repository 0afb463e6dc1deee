import { type Role, selectCases } from '@vcn-cni/cni-conformance';
import type { RunFlags } from './run-options.ts';
import { UsageError } from './usage-error.ts';

type Flags = Pick<RunFlags, 'only' | 'section'>;

/** The cases that the options name. Throws UsageError for a word that names none. */
export function selected<Case extends { readonly id: string }>(
  cases: readonly Case[],
  { only, section }: Flags,
): Case[] {
  try {
    return selectCases(cases, { only, sections: section });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${error.message}; \`cni-conformance list\` names them`);
  }
}

/** Those of a role. Throws UsageError where none is left. */
export function ofRole<Case extends { readonly id: string; readonly roles: readonly Role[] }>(
  cases: readonly Case[],
  role: Role,
): Case[] {
  const own = cases.filter(({ roles }) => roles.includes(role));
  if (own.length > 0) return own;
  const whom = [...new Set(cases.flatMap(({ roles }) => roles))].join(', ');
  throw new UsageError(
    `none of the cases is for a plugin of role ${role}: they are for ${whom}; choose others, or name the role by --role`,
  );
}
