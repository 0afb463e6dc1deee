import { gzipSync } from 'node:zlib';

/** A word as sh takes it. */
export const quoted = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** Longer than this nobody reads it, and a terminal may not take it. */
const longest = 8192;

/** A command that can be pasted into a shell, with its variables and its standard input. */
export function commandText(
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
  stdin?: string | Uint8Array,
): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
  const line = [...variables, ...words.map(quoted)].join(' ');
  if (stdin === undefined) return line;
  if (typeof stdin !== 'string' || stdin.length > longest || isUnprintable(stdin)) {
    const packed = gzipSync(stdin).toString('base64');
    return `printf %s ${packed} | base64 -d | gunzip | ${line}`;
  }
  const mark = stdin.includes('\nEOF\n') ? 'END_OF_INPUT' : 'EOF';
  return `${line} <<'${mark}'\n${stdin}\n${mark}`;
}

const isUnprintable = (text: string): boolean =>
  [...text].some((each) => each < ' ' && each !== '\n' && each !== '\t');
