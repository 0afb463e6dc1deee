import type { SavedRule } from './saved.ts';

/** One option of a rule with its arguments: `! --dport 80:90` is `{ name: '--dport', negated: true, values: ['80:90'] }`. */
export interface RuleOption {
  name: string;
  negated: boolean;
  values: string[];
}

/** A rule taken apart as iptables(8) and iptables-extensions(8) describe it; nothing is interpreted. */
export interface RuleParts {
  /** `-s`, `-d`, `-i`, `-o`, `-p`, `-f`. */
  general: RuleOption[];
  /** By `-m NAME`, in order; one name may stand several times. */
  matches: { name: string; options: RuleOption[] }[];
  /** A chain or an extension with its options; absent: the rule only counts. */
  target?: { verb: 'jump' | 'goto'; name: string; options: RuleOption[] };
}

/** Options whose one argument is a person's text, which may look like an option. */
const freeText = new Set(['--comment', '--log-prefix', '--nflog-prefix', '--string']);

/** The matches and the target of a rule as `iptables-save` printed it, whoever wrote it. */
export function ruleParts({ tokens }: Pick<SavedRule, 'tokens'>): RuleParts {
  const parts: RuleParts = { general: [], matches: [] };
  let options = parts.general;
  for (let at = 0; at < tokens.length; ) {
    const negated = tokens[at] === '!';
    if (negated) at++;
    const name = tokens[at++] ?? '';
    const values: string[] = [];
    if (freeText.has(name)) values.push(tokens[at++] ?? '');
    else
      while (at < tokens.length && !/^(?:-|!$)/.test(tokens[at] ?? '')) values.push(tokens[at++]!);
    const first = values[0] ?? '';
    if (name === '-m') {
      options = [];
      parts.matches.push({ name: first, options });
    } else if (name === '-j' || name === '-g') {
      options = [];
      parts.target = { verb: name === '-j' ? 'jump' : 'goto', name: first, options };
    } else {
      options.push({ name, negated, values });
    }
  }
  return parts;
}
