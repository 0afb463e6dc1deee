import type { PluginCase } from '../../case.ts';
import { anyJson } from './any-json.ts';
import { errorDocument } from './error-document.ts';
import { failureExits, successExits } from './exit-code.ts';
import { hostNamespace, noNamespace } from './namespace.ts';
import { noName } from './no-name.ts';
import { resultOnStdout } from './result-on-stdout.ts';
import { undecodable } from './undecodable.ts';
import { nameNotUtf8, unusualInputs } from './unusual-input.ts';
import { wrongFields } from './wrong-field.ts';

/** Section 2: parameters, environment, standard input and output. */
export const executionCases: readonly PluginCase[] = [
  resultOnStdout,
  anyJson,
  successExits,
  failureExits,
  errorDocument,
  noNamespace,
  hostNamespace,
  ...undecodable,
  noName,
  ...wrongFields,
  ...unusualInputs,
  nameNotUtf8,
];
