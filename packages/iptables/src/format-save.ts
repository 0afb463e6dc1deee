import type { Counters, SavedRule, SavedTable } from './saved.ts';
import { joinTokens } from './tokens.ts';

/** The text that {@link parseSave} read, without its comments: for people, and to compare one save with another. */
export function formatSave(tables: readonly SavedTable[]): string {
  return tables.map(formatTable).join('');
}

/** One rule as iptables-save prints it after `-A CHAIN`. */
export function formatRule(rule: Pick<SavedRule, 'tokens'>): string {
  return joinTokens(rule.tokens);
}

function formatTable({ name, chains }: SavedTable): string {
  const lines = [
    `*${name}`,
    ...chains.map((chain) =>
      [`:${chain.name} ${chain.policy ?? '-'}`, formatCounters(chain.counters)]
        .filter(Boolean)
        .join(' '),
    ),
    ...chains.flatMap((chain) =>
      chain.rules.map((rule) =>
        [formatCounters(rule.counters), '-A', chain.name, formatRule(rule)]
          .filter(Boolean)
          .join(' '),
      ),
    ),
    'COMMIT',
  ];
  return `${lines.join('\n')}\n`;
}

function formatCounters(counters: Counters | undefined): string {
  return counters === undefined ? '' : `[${counters.packets}:${counters.bytes}]`;
}
