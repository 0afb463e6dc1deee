import { z } from 'zod';
import { UsageError } from '../../cli/usage-error.ts';

const resultsSchema = z.object({
  spec: z.string(),
  plugin: z
    .object({
      type: z.string(),
      role: z.string().optional(),
      supportedVersions: z.array(z.string()),
    })
    .optional(),
  cases: z.array(
    z.object({
      id: z.string(),
      level: z.enum(['MUST', 'SHOULD', 'MAY']),
      title: z.string(),
      verdict: z.enum(['pass', 'fail', 'deviation', 'skip', 'flake']),
      finding: z.object({ key: z.string(), message: z.string() }).optional(),
      deviation: z
        .object({ who: z.string(), why: z.string(), references: z.array(z.string()) })
        .optional(),
      durationMs: z.number(),
    }),
  ),
});

/** What `--json` wrote of one run, as far as the page shows it. */
export type Results = z.output<typeof resultsSchema> & { readonly name: string };

/** Throws UsageError that names file, field and what is expected. */
export function parseResults(
  text: string,
  { file, name }: { readonly file: string; readonly name: string },
): Results {
  try {
    return { name, ...resultsSchema.parse(JSON.parse(text)) };
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
        : (error as Error).message;
    throw new UsageError(`results ${file}: ${why}; give what a run with --json printed`);
  }
}
