import { basename } from 'node:path';
import { readText } from '../input/read-text.ts';
import { parseResults } from '../print/results/parse-results.ts';
import { resultsMarkdown } from '../print/results/results-markdown.ts';

/** `cni-conformance results`: the page. Throws UsageError for a file that --json did not write. */
export async function resultsCommand(files: readonly string[], made?: string): Promise<string> {
  const results = await Promise.all(
    files.map(async (file) =>
      parseResults(await readText('results', file), { file, name: basename(file, '.json') }),
    ),
  );
  return resultsMarkdown(results, made);
}
