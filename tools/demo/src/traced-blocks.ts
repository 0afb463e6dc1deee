/** Blocks of a Markdown page that `vcnctl trace` writes. */

/** `<!-- trace alpha beta --port 80 -->`, then a fence: `mermaid` for a picture, `text` for the ladder. */
const block = /<!-- trace (.+?) -->\n```(mermaid|text)\n[\s\S]*?```/g;

/** What a block asks for: words after `vcnctl trace`. */
export interface TracedBlock {
  words: string[];
  form: 'mermaid' | 'text';
}

export function tracedBlocks(page: string): TracedBlock[] {
  return [...page.matchAll(block)].map(([, words, form]) => ({
    words: words!.split(/\s+/),
    form: form as TracedBlock['form'],
  }));
}

/** The page with what was traced, one text for each block in turn. */
export function fillBlocks(page: string, texts: readonly string[]): string {
  let at = 0;
  return page.replaceAll(
    block,
    (_, words: string, form: string) =>
      `<!-- trace ${words} -->\n\`\`\`${form}\n${texts[at++]!.trimEnd()}\n\`\`\``,
  );
}
