const dropped = new Set(['--json', '--tap', '--verbose']);
const droppedWithValue = new Set([
  '--only',
  '--section',
  '--expected-failures',
  '--html',
  '--jobs',
]);

/** The command line that tries one case again and shows its evidence, from the one that tried all. */
export function again(program: string, argv: readonly string[]): (id: string) => string {
  const kept: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    const name = word.split('=', 1)[0]!;
    const hasValue = !word.includes('=') && argv[at + 1] !== undefined;
    if (dropped.has(word)) continue;
    if (name === '--junit') {
      if (hasValue && !argv[at + 1]!.startsWith('-')) at++;
    } else if (droppedWithValue.has(name)) {
      if (hasValue) at++;
    } else kept.push(word);
  }
  return (id) => [program, ...kept.map(quoted), '--only', id, '--verbose'].join(' ');
}

const quoted = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
