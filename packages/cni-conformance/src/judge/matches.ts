/** Whether a text is as a pattern of the hints has it, in which `*` stands for anything. */
export function matches(pattern: string, text: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`).test(text);
}
