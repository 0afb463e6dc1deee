import { expect, it } from 'vitest';
import { sampleReport } from '../../../test/sample-report.ts';
import { formatJson } from '../json.ts';
import { parseResults } from './parse-results.ts';
import { resultsMarkdown } from './results-markdown.ts';

it('is a page of what --json wrote', async () => {
  const results = parseResults(formatJson(sampleReport), { file: 'a.json', name: 'sample' });
  await expect(resultsMarkdown([results], 'Made here.')).toMatchFileSnapshot(
    '../../../test/fixtures/printed/results.md',
  );
});

it('names the file that is none, and the field', () => {
  const of = { file: 'a.json', name: 'a' };
  expect(() => parseResults('{"spec":1}', of)).toThrow(/^results a\.json: spec: .*--json printed/);
});
