import type { Setting } from './setting.ts';

/** The reference of every setting, as a Markdown page. */
export function configMarkdown(settings: readonly Setting[]): string {
  const rows = settings.map((setting) => {
    const value = setting.default === undefined ? '' : `\`${JSON.stringify(setting.default)}\``;
    const { choices = [] } = setting;
    const oneOf = choices.length > 1 ? ` One of ${choices.join(', ')}.` : '';
    return [`\`${setting.path}\``, value, `${setting.description}${oneOf}`];
  });
  return `${[
    '# Configuration of vcn-cnid',
    '',
    'One JSON object in `/etc/vcn-cni/config.json` (another file: `--config`, `VCN_CNI_CONFIG`).',
    'Every key may also be given as an environment variable or as a flag, which win in this order:',
    '`log.level` is `VCN_CNI_LOG_LEVEL` and `--log-level`; lists are separated by commas.',
    'A key that does not exist is an error that names it.',
    '',
    ...table(['key', 'default', 'meaning'], rows),
  ].join('\n')}\n`;
}

function table(headings: string[], rows: string[][]): string[] {
  const widths = headings.map((_, column) =>
    Math.max(...[headings, ...rows].map((row) => row[column]!.length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
