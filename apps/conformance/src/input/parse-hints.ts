import { type Hints, hintsSchema, type Role } from '@vcn-cni/cni-conformance';
import { UsageError } from '../cli/usage-error.ts';

/** The text of a hints file. Throws UsageError that names file, field, value and what is expected. */
export function parseHints(text: string, file: string): Hints {
  const wrong = (what: string) => new UsageError(`--hints ${file}: ${what}`);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw wrong(`no JSON: ${(error as Error).message}`);
  }
  const parsed = hintsSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const at = path.reduce<unknown>(
      (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
      document,
    );
    const where = path.length > 0 ? `${path.join('.')} ` : '';
    return `${where}${(JSON.stringify(at) ?? 'undefined').slice(0, 120)}: ${message}`;
  });
  throw wrong(`${problems.join('; ')} (\`cni-conformance hints\` describes every key)`);
}

/** Where there is no file. */
export const noHints = (role?: Role): Hints => ({
  ...hintsSchema.parse({}),
  ...(role && { role }),
});
