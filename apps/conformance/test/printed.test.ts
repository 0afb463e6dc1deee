import { expect, it } from 'vitest';
import { formatHtml } from '../src/print/html/page.ts';
import { formatJson } from '../src/print/json.ts';
import { formatJunit } from '../src/print/junit.ts';
import { formatEnd } from '../src/print/pretty/end.ts';
import { createPaint } from '../src/print/pretty/palette.ts';
import { createProgress } from '../src/print/pretty/progress.ts';
import { formatTap } from '../src/print/tap.ts';
import { sampleReport } from './sample-report.ts';

const plain = createPaint(false);
const written = (columns?: number): string => {
  let text = '';
  const { cases, ...plan } = sampleReport;
  const progress = createProgress({
    ...{ ...plan, paint: createPaint(columns !== undefined) },
    write: (more) => {
      text += more;
    },
    ...(columns !== undefined && { columns }),
  });
  for (const each of cases) progress.onCase(each);
  progress.end();
  return text;
};

it.each([
  ['end.txt', () => formatEnd(sampleReport, plain)],
  ['end-verbose.txt', () => formatEnd(sampleReport, plain, { verbose: true })],
  ['progress.txt', () => written()],
  ['progress-terminal.txt', () => written(40).replaceAll('\u001b', 'ESC').replaceAll('\r', 'CR')],
  ['report.json', () => formatJson(sampleReport)],
  ['report.xml', () => formatJunit(sampleReport)],
  ['report.tap', () => formatTap(sampleReport)],
  ['report.html', () => formatHtml(sampleReport)],
])('%s', async (name, print) => {
  await expect(print()).toMatchFileSnapshot(`fixtures/printed/${name}`);
});

it('prints on standard output of --json what was promised', () => {
  const document = JSON.parse(formatJson(sampleReport)) as { cases: object[] };
  expect(Object.keys(document)).toEqual(['spec', 'plugin', 'cases', 'summary']);
  for (const each of document.cases) {
    expect(each).toMatchObject({
      ...{ id: expect.any(String), level: expect.any(String), section: expect.any(String) },
      ...{ title: expect.any(String), verdict: expect.any(String), evidence: expect.any(Array) },
      durationMs: expect.any(Number),
    });
  }
});

it('makes a page that loads nothing and runs nothing', () => {
  const page = formatHtml(sampleReport);
  expect(page).not.toMatch(/<(?:script|link|img|iframe)|\bsrc=|@import|url\(/);
  expect(page).toContain('a second ADD succeeds:\n+ host link &lt;b&gt;');
});
