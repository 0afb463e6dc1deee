import type { PluginCase } from '../../case.ts';
import { cleanOutput } from './clean-output.ts';
import { codesOfDelegate, codesOfInput, codesOfNamespace } from './codes.ts';
import { errorFields, errorVersion } from './document.ts';
import { namedVariables } from './named-variables.ts';
import { codeOfNoCleanup, codeOfOtherVerbs } from './unknown-container.ts';

/** Section 5: errors. */
export const errorsCases: readonly PluginCase[] = [
  errorVersion,
  errorFields,
  codesOfInput,
  codesOfNamespace,
  codesOfDelegate,
  ...namedVariables,
  codeOfNoCleanup,
  codeOfOtherVerbs,
  cleanOutput,
];
