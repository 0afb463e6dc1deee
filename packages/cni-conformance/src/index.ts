// For users: the requirements, the cases, and what a run says.

export { type PluginCase, type Role, type RuntimeCase, requirementOf, roles } from './case.ts';
export { pluginCases } from './cases/all-plugin-cases.ts';
export { runtimeCases } from './cases/runtime/cases.ts';
export type { Evidence, JsonObject } from './evidence.ts';
export { type Hints, hintsSchema } from './hints.ts';
export type { PluginUnderTest } from './plugin-under-test.ts';
export { findRequirement, requirements } from './requirements/all-requirements.ts';
export type { Level, Requirement } from './requirements/requirement.ts';
export { specCommit, specText } from './requirements/spec-text.ts';
export type { Deviation } from './run/deviation.ts';
export { deviations } from './run/deviations.ts';
export { parseExpectedFailures } from './run/expected-failures.ts';
export { isFailed, type Standard, type Weight, weigh } from './run/outcome.ts';
export { type CaseReport, type Summary, summarise, type Verdict } from './run/report.ts';
export { runAll } from './run/run-all.ts';
export { type Opened, runCase } from './run/run-case.ts';
export { type Selection, selectCases } from './run/select-cases.ts';
export type { RuntimeUnderTest } from './runtime-under-test.ts';

// For implementers: a case of your own.

export type { Delegate, DelegateAnswer, DelegateCall, DelegateScript } from './delegate.ts';
export { expectAnswer } from './judge/expect-answer.ts';
export { type ErrorSeen, expectRefusal, type Refusal } from './judge/expect-refusal.ts';
export { expectResult } from './judge/expect-result.ts';
export { expectSameState } from './judge/expect-same-state.ts';
export { expectSuccess } from './judge/expect-success.ts';
export { Finding } from './judge/finding.ts';
export { Skip } from './judge/skip.ts';
export type {
  Call,
  CallChange,
  CommandResult,
  Container,
  PluginHarness,
} from './plugin-harness.ts';
export type {
  Operation,
  OperationChange,
  ProbeCall,
  RuntimeAttachment,
  RuntimeHarness,
  Takes,
} from './runtime-harness.ts';
export { type Difference, difference } from './state/difference.ts';
export { parseState } from './state/parse-state.ts';
export type { State } from './state/state.ts';
