/**
 * Splits a line of iptables-save or iptables-restore as iptables-restore does: blanks separate, double quotes
 * enclose, a backslash inside quotes takes the next character as it is.
 * @throws SyntaxError for a quote that is not closed.
 */
export function tokenise(line: string): string[] {
  const tokens: string[] = [];
  let token: string | undefined;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (quoted && char === '\\') token = (token ?? '') + (line[++i] ?? '');
    else if (char === '"') {
      quoted = !quoted;
      token ??= '';
    } else if (!quoted && (char === ' ' || char === '\t')) {
      if (token !== undefined) tokens.push(token);
      token = undefined;
    } else token = (token ?? '') + char;
  }
  if (quoted) throw new SyntaxError(`quote not closed in: ${line}`);
  if (token !== undefined) tokens.push(token);
  return tokens;
}

/** The other way: quotes what iptables-save quotes. */
export function joinTokens(tokens: readonly string[]): string {
  return tokens
    .map((token, index) => quote(token, freeText.has(tokens[index - 1] ?? '')))
    .join(' ');
}

/** Options whose value is a person's text: iptables-save quotes it unless it is a plain word. */
const freeText = new Set(['--comment', '--log-prefix', '--nflog-prefix', '--string']);

function quote(token: string, free: boolean): string {
  const plain = free ? /^[\w-]+$/ : /^[^\s"'\\]+$/;
  return plain.test(token) ? token : `"${token.replace(/["\\]/g, '\\$&')}"`;
}
