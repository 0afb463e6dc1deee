export { type ComplianceCase, type ComplianceSubject, complianceCases } from './compliance.ts';
export { createFakeNamespace, type FakeNamespace } from './fake-namespace.ts';
