#!/usr/bin/env node
/** The CNI plugin oci-vcn for hosts without the relay: the same contract, in TypeScript. */
import { readFileSync } from 'node:fs';
import { readEnvironment } from './environment.ts';
import { run } from './run.ts';
import { readStandardInput } from './standard-input.ts';

const environment = readEnvironment(readFileSync('/proc/self/environ'));
const answer = await run(environment, readStandardInput);
process.stdout.write(answer.stdout);
process.exitCode = answer.exitCode;
