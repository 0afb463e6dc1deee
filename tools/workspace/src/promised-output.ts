/** What the lines of an example say they print: the text behind `console.log(...); // =>`. */
export function promisedOutput(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const promise = /^\s*console\.log\(.*\/\/ => (?<text>.*)$/.exec(line)?.groups?.['text'];
    return promise === undefined ? [] : [promise.trim()];
  });
}
