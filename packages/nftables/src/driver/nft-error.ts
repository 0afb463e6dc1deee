/** nft refused, could not be run, or was not ready in time. Nothing of the script was applied. */
export class NftError extends Error {
  override readonly name = 'NftError';
  /** `missing`: no such program; `refused`: nft or the kernel said no; `aborted`: deadline or signal. */
  readonly reason: 'missing' | 'refused' | 'aborted';
  /** Line of the script that nft names, from 1, and its text. */
  readonly line?: number;
  readonly statement?: string;
  /** All that nft wrote to standard error. */
  readonly stderr: string;

  constructor(
    reason: NftError['reason'],
    message: string,
    detail: { line?: number; statement?: string; stderr?: string } = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reason = reason;
    this.stderr = detail.stderr ?? '';
    if (detail.line !== undefined) this.line = detail.line;
    if (detail.statement !== undefined) this.statement = detail.statement;
  }
}

/** nft writes `/dev/stdin:4:5-7: Error: syntax error, unexpected string`, then the line and a row of carets. */
export function refusal(stderr: string, exitCode: number | null, script: string): NftError {
  const found = /^\S+?:(\d+):\d+(?:-\d+)?: Error: (.*)$/m.exec(stderr);
  const line = found === null ? undefined : Number(found[1]);
  const statement = line === undefined ? undefined : script.split('\n')[line - 1]?.trim();
  const said = found?.[2] ?? (stderr.trim().split('\n')[0] || `exit code ${exitCode}`);
  const where = statement ? ` at line ${line} "${statement}"` : '';
  const detail: { line?: number; statement?: string; stderr: string } = { stderr };
  if (line !== undefined) detail.line = line;
  if (statement) detail.statement = statement;
  return new NftError('refused', `nft: ${said}${where}`, detail);
}
