/** What the runtime gets back of one execution: an exit code and all of standard output. */
export interface Answer {
  exitCode: number;
  stdout: string;
}
