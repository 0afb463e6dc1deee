import type { PluginCase } from '../../case.ts';
import { anyJson } from './any-json.ts';
import { malformedArgs, unknownArgs } from './args.ts';
import { missingCommand, unknownCommand } from './command.ts';
import { allowedContainerIds, containerIds } from './container-id.ts';
import { errorDocument } from './error-document.ts';
import { failureExits, successExits } from './exit-code.ts';
import {
  longestInterfaceName,
  onlyLoopback,
  unusualInterfaceName,
  wrongInterfaceName,
} from './interface-name.ts';
import { missingTogether, missingVariables } from './missing-variable.ts';
import { hostNamespace, noNamespace } from './namespace.ts';
import { noName } from './no-name.ts';
import { argsOfKubernetes, deletedWithoutNamespace, withoutPath } from './optional-variable.ts';
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
  ...containerIds,
  allowedContainerIds,
  wrongInterfaceName,
  longestInterfaceName,
  unusualInterfaceName,
  onlyLoopback,
  ...missingVariables,
  missingTogether,
  withoutPath,
  ...deletedWithoutNamespace,
  argsOfKubernetes,
  unknownArgs,
  malformedArgs,
  unknownCommand,
  missingCommand,
];
