/** Blocks of a Markdown page that `vcnctl trace` writes. */
import type { Scene } from './scene.ts';

/**
 * `<!-- trace alpha beta --port 80 -->`, or `<!-- trace while policy: alpha beta -->` where it is to be traced in
 * another scene than `services`; then a fence: `mermaid` for a picture, `text` for the ladder.
 */
const block = /(<!-- trace (?:while (\w+): )?(.+?) -->\n```(mermaid|text)\n)[\s\S]*?```/g;

/** What a block asks for. */
export interface TracedBlock {
  scene: Scene;
  /** After `vcnctl trace`. */
  words: string[];
  form: 'mermaid' | 'text';
}

export function tracedBlocks(page: string): TracedBlock[] {
  return [...page.matchAll(block)].map(([, , scene = 'services', words, form]) => ({
    scene: scene as Scene,
    words: words!.split(/\s+/),
    form: form as TracedBlock['form'],
  }));
}

/** The page with what was traced, one text for each block in turn; undefined leaves what stands there. */
export function fillBlocks(page: string, texts: readonly (string | undefined)[]): string {
  let at = 0;
  return page.replaceAll(block, (whole: string, head: string) => {
    const text = texts[at++];
    return text === undefined ? whole : `${head}${text.trimEnd()}\n\`\`\``;
  });
}
