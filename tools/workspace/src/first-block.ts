/** The first fenced block of a Markdown text. */
export interface FencedBlock {
  /** What stands behind the fence, as `ts` or `ts kernel`. */
  readonly info: string;
  readonly lines: readonly string[];
}

export function firstBlock(markdown: string): FencedBlock | undefined {
  const found = /^```(?<info>[^\n]*)\n(?<body>.*?)^```$/ms.exec(markdown);
  if (found === null) return undefined;
  const { info = '', body = '' } = found.groups ?? {};
  return { info: info.trim(), lines: body.trimEnd().split('\n') };
}
