import type { Evidence } from '@vcn-cni/cni-conformance';

/** What was done, as lines that can be pasted into a shell; what was seen stands between as comments. */
export const evidenceText = (evidence: readonly Evidence[]): string =>
  evidence.map(partText).join('\n');

function partText(part: Evidence): string {
  switch (part.kind) {
    case 'note':
      return comment(part.text);
    case 'difference':
      return comment(
        [
          'the state differs:',
          ...part.removed.map((line) => `- ${line}`),
          ...part.added.map((line) => `+ ${line}`),
        ].join('\n'),
      );
    case 'command':
      return [
        part.command,
        comment(`${endOf(part)} after ${part.durationMs} ms`),
        ...streamText('stdout', part.stdout),
        ...streamText('stderr', part.stderr),
      ].join('\n');
  }
}

const endOf = ({ exitCode, signal }: Extract<Evidence, { kind: 'command' }>): string =>
  exitCode === null ? `ended by ${signal ?? 'a signal'}` : `exit ${exitCode}`;

function streamText(name: string, text: string): string[] {
  const body = text.trimEnd();
  return body === '' ? [] : [comment(`${name}: ${body}`)];
}

/** A program's output may hold what moves the cursor. */
const comment = (text: string): string =>
  text
    .replace(/[^\t\n\P{Cc}]/gu, (each) => `\\u{${each.codePointAt(0)!.toString(16)}}`)
    .replace(/^/gm, '# ');
