/** Of the page: light and dark, narrow and wide; what is unchecked above is hidden without a script. */
export const style = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1b1f24, #dfe4ea); --soft: light-dark(#57606a, #97a1ad);
  --page: light-dark(#fff, #14181d); --card: light-dark(#f6f8fa, #1c2229);
  --line: light-dark(#d8dee4, #323b45);
  --pass: light-dark(#1a7f37, #4ac26b); --fail: light-dark(#c5221f, #ff7b72);
  --deviation: light-dark(#8a5a00, #e0ae45); --flake: light-dark(#8250df, #bc9dff);
  --skip: light-dark(#57606a, #97a1ad);
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; color: var(--text); background: var(--page);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0.5rem 0 0; }
h2 { font-size: 1.05rem; margin: 2rem 0 0.5rem; }
a { color: inherit; }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2rem 0.8rem 0.2rem 0; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; font-weight: normal; }
thead th { color: var(--soft); font-weight: normal; }
tbody + tbody tr:first-child > * { padding-top: 0.8rem; }
.filters { display: flex; flex-wrap: wrap; gap: 0.4rem 1rem; padding: 0.6rem 0; position: sticky; top: 0;
  background: var(--page); border-bottom: 1px solid var(--line); }
.filters label { cursor: pointer; white-space: nowrap; }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.3rem 0; background: var(--card); }
summary { cursor: pointer; padding: 0.35rem 0.7rem; display: flex; flex-wrap: wrap; gap: 0 0.8rem;
  align-items: baseline; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary .title { flex: 1 1 18rem; }
code, pre { font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
summary code { min-width: 13rem; }
.verdict { min-width: 5.2rem; font-weight: 600; }
.level { min-width: 4.2rem; color: var(--soft); }
.pass .verdict, .of-pass { color: var(--pass); } .fail .verdict, .of-fail { color: var(--fail); }
.deviation .verdict, .of-deviation { color: var(--deviation); }
.flake .verdict, .of-flake { color: var(--flake); } .skip .verdict, .of-skip { color: var(--skip); }
.uncounted .verdict { font-weight: normal; font-style: italic; }
.body { padding: 0 0.7rem 0.7rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 0.8rem; margin: 0.3rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { overflow-x: auto; margin: 0.5rem 0 0; padding: 0.6rem; border: 1px solid var(--line); border-radius: 4px;
  background: var(--page); }
summary .soft { margin-left: auto; }
@media (max-width: 40rem) { summary code { min-width: 0; } dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.3rem; }
  summary .title { flex-basis: 100%; order: 1; } }
@media print { .filters { display: none; } }
`;

/** Hides the cases of a verdict, and a section of which none is left. */
export const hiding = (verdicts: readonly string[]): string =>
  [
    ...verdicts.map(
      (each) => `body:has(#show-${each}:not(:checked)) details.${each} { display: none; }`,
    ),
    ...sectionsOf(verdicts),
  ].join('\n');

/** A section that has cases of these verdicts alone goes when all of these are hidden. */
function sectionsOf(verdicts: readonly string[]): string[] {
  return Array.from({ length: 2 ** verdicts.length - 1 }, (_, index) =>
    verdicts.filter((_each, bit) => (index + 1) & (1 << bit)),
  ).map((hidden) => {
    const unchecked = hidden.map((each) => `:has(#show-${each}:not(:checked))`).join('');
    const others = verdicts.filter((each) => !hidden.includes(each));
    const without = others.map((each) => `:not(:has(details.${each}))`).join('');
    return `body${unchecked} section.cases${without} { display: none; }`;
  });
}
