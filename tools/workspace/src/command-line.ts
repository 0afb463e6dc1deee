/** A line of a shell example, taken apart as far as the README test needs. */
export interface CommandLine {
  readonly environment: Readonly<Record<string, string>>;
  /** The program and the words before its first option. */
  readonly words: readonly string[];
  /** The long options, without their values. */
  readonly options: readonly string[];
}

export function parseCommandLine(line: string): CommandLine {
  const parts = line
    .replace(/\s#.*$/, '')
    .replace(/^\$ /, '')
    .trim()
    .split(/\s+/);
  const first = parts.findIndex((part) => !/^[A-Z_]+=/.test(part));
  const command = parts.slice(first);
  const end = command.findIndex((word) => /^[-<>|]/.test(word));
  return {
    environment: Object.fromEntries(parts.slice(0, first).map((part) => part.split('=', 2))),
    words: end === -1 ? command : command.slice(0, end),
    options: command.flatMap((word) => /^--[a-z][a-z-]*/.exec(word) ?? []),
  };
}
