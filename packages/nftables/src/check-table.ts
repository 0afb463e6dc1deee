import type { Table } from './table.ts';

/** nft's keywords that a chain or set is likely to be called; used as a name they are a syntax error. */
const keywords = new Set(
  'accept add chain comment continue counter ct delete dnat drop dup element fib flags flow flush fwd goto hook icmp in ip ip6 jump limit list log map mark masquerade meta notrack numgen policy priority queue quota redirect reject rename replace reset return rt rule set size snat socket synproxy table tcp timeout tproxy type udp update vmap xt'.split(
    ' ',
  ),
);

/** @throws RangeError for what nft would refuse with a bare "syntax error", or would read as something else. */
export function checkTable(table: Table): void {
  checkName('table name', table.name);
  const names = new Set<string>();
  const once = (what: string, name: string) => {
    checkName(what, name);
    if (names.has(`${what} ${name}`)) throw new RangeError(`${what} "${name}" is there twice`);
    names.add(`${what} ${name}`);
  };
  for (const set of table.sets ?? []) {
    once('set name', set.name);
    for (const element of set.elements)
      checkText(`element of set "${set.name}"`, element, /["{},;\n]/);
  }
  for (const chain of table.chains) {
    once('chain name', chain.name);
    for (const rule of chain.rules) {
      checkText(`rule of chain "${chain.name}"`, rule.text, /[;\n\\#]/);
      checkText(`comment in chain "${chain.name}"`, rule.comment ?? '-', /["\n\\]/);
      if ((rule.comment?.length ?? 0) > 128) {
        throw new RangeError(
          `comment in chain "${chain.name}" is longer than nft's 128: "${rule.comment}"`,
        );
      }
    }
  }
}

function checkName(what: string, name: string): void {
  if (!/^[a-zA-Z][\w./-]{0,126}$/.test(name)) {
    throw new RangeError(
      `${what} "${name}": wanted a letter, then letters, digits, "_", "-", "." or "/"`,
    );
  }
  if (keywords.has(name))
    throw new RangeError(`${what} "${name}" is a keyword of nft: choose another`);
}

function checkText(what: string, text: string, forbidden: RegExp): void {
  const found = forbidden.exec(text)?.[0];
  if (text.trim() === '') throw new RangeError(`${what} is empty`);
  if (found !== undefined) {
    throw new RangeError(`${what} holds ${JSON.stringify(found)}, which ends it early: ${text}`);
  }
}
