import ts from 'typescript';

/**
 * The module specifiers of a TypeScript text, in their order: import, export from, import() and
 * import types. Read by TypeScript's own scanner, so neither comments nor strings count.
 */
export function importsOf(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
}
