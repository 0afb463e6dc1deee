/** A word as sh takes it. */
export const quoted = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** A command that can be pasted into a shell, with its variables and its standard input. */
export function commandText(
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
  stdin?: string,
): string {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
  const line = [...variables, ...words.map(quoted)].join(' ');
  if (stdin === undefined) return line;
  const mark = stdin.includes('\nEOF\n') ? 'END_OF_INPUT' : 'EOF';
  return `${line} <<'${mark}'\n${stdin}\n${mark}`;
}
