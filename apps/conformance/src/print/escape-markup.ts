const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text for XML and HTML, in content and in attributes. What XML 1.0 may not hold is shown as `\u{1b}`. */
export const escapeMarkup = (text: string): string =>
  text
    .replace(/[&<>"]/g, (each) => entities[each]!)
    .replace(
      /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
      (each) => `\\u{${each.codePointAt(0)!.toString(16)}}`,
    );
