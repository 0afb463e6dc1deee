/**
 * Ids of cases that are known to fail: one a line; what follows `#`, and lines without any, are for people. Throws
 * RangeError that names line and id where there is no such case.
 */
export function parseExpectedFailures(
  text: string,
  known: ReadonlySet<string>,
): ReadonlySet<string> {
  const expected = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    const id = line.replace(/#.*/, '').trim();
    if (id === '') continue;
    if (!known.has(id)) throw new RangeError(`line ${index + 1}: ${id}: no such case`);
    expected.add(id);
  }
  return expected;
}
