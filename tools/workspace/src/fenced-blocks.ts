/** A fenced block of a Markdown text. */
export interface FencedBlock {
  /** What stands behind the fence, as `ts` or `ts kernel`. */
  readonly info: string;
  readonly lines: readonly string[];
}

export function fencedBlocks(markdown: string): FencedBlock[] {
  const found = markdown.matchAll(/^```(?<info>[^\n]*)\n(?<body>.*?)^```$/gms);
  return Array.from(found, ({ groups }) => ({
    info: groups?.['info']?.trim() ?? '',
    lines: groups?.['body']?.trimEnd().split('\n') ?? [],
  }));
}
