/** What an example says it prints: the text behind `// =>`, after a console.log or below one. */
export function promisedOutput(lines: readonly string[]): string[] {
  return lines.flatMap((line, index) => {
    const promise = /^\s*(?<code>.*?)\/\/ => (?<text>.*)$/.exec(line)?.groups;
    if (promise === undefined) return [];
    const printing = promise['code'] === '' ? lines[index - 1] : promise['code'];
    return /^\s*console\.log\(/.test(printing ?? '') ? [promise['text']!.trim()] : [];
  });
}
