/** iptables refused, could not be run, or was not ready in time. The table named in the text is unchanged. */
export class IptablesError extends Error {
  override readonly name = 'IptablesError';
  /**
   * `missing`: no such program; `unsupported`: this kernel or this iptables has not the backend, table, match or
   * target; `locked`: another program held the xtables lock; `refused`: any other no; `aborted`: deadline or signal.
   */
  readonly reason: 'missing' | 'unsupported' | 'locked' | 'refused' | 'aborted';
  /** Line of the input that iptables-restore names, from 1, and its text. */
  readonly line?: number;
  readonly statement?: string;
  /** All that the program wrote to standard error. */
  readonly stderr: string;

  constructor(
    reason: IptablesError['reason'],
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

const unsupported =
  /Couldn't load (?:match|target)|missing kernel module|Table does not exist|does not exist \(do you need to insmod|No chain\/target\/match by that name|Protocol not supported|Failed to initialize nft|Could not fetch rule set generation id|RULE_(?:APPEND|INSERT) failed \((?:No such file or directory|Operation not supported)/;

/** Reads what iptables-restore of either backend says: `line 4 failed`, `Error occurred at line: 4`. */
export function refusal(
  program: string,
  stderr: string,
  exitCode: number | null,
  input: string,
): IptablesError {
  const found = /(?:Error occurred at line: |line )(\d+)/.exec(stderr)?.[1];
  const line = found === undefined ? undefined : Number(found);
  const statement = line === undefined ? undefined : input.split('\n')[line - 1];
  const said = stderr
    .split('\n')
    .map((text) => text.replace(/^\S+ v\S+ \(\w+\): ?/, '').trim())
    .find((text) => text !== '' && !text.startsWith('#'));
  const reason = unsupported.test(stderr)
    ? 'unsupported'
    : /xtables lock/.test(stderr)
      ? 'locked'
      : 'refused';
  const remedy = remedies[reason];
  const where = statement ? ` at line ${line} "${statement}"` : '';
  const message = `${program}: ${said ?? `exit code ${exitCode}`}${where}${remedy}`;
  const detail: { line?: number; statement?: string; stderr: string } = { stderr };
  if (line !== undefined) detail.line = line;
  if (statement) detail.statement = statement;
  return new IptablesError(reason, message, detail);
}

const remedies = {
  unsupported:
    '; this kernel or iptables lacks what the line needs: load its module, or use nftables',
  locked: '; another program held the lock throughout',
  refused: '',
};
