import { failures } from './failures.ts';

/** Thrown on the way to the daemon; its document is what the runtime gets. */
export class PluginFailure extends Error {
  readonly failure: keyof typeof failures;
  /** What is known of this case; empty if the message says it all. */
  readonly subject: string;

  constructor(failure: keyof typeof failures, subject = '') {
    super(`${failures[failure].msg}: ${subject}`);
    this.failure = failure;
    this.subject = subject;
  }

  get details(): string {
    const { remedy } = failures[this.failure];
    return this.subject ? `${this.subject}; ${remedy}` : remedy;
  }
}
