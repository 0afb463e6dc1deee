import { z } from 'zod';

const command = z
  .string()
  .min(1)
  .describe('a line for sh, run in the host namespace of the sandbox');
const pattern = z.string().min(1).describe('a name, in which * stands for anything');

/** What only the owner of a plugin knows. Every key is optional; an unknown one is an error. */
export const hintsSchema = z.strictObject({
  role: z
    .enum(['interface', 'chained', 'ipam', 'loopback', 'meta'])
    .optional()
    .describe('when detection is wrong'),
  setup: z
    .array(command)
    .default([])
    .describe('before the first call: links that it needs, as its master'),
  environment: z
    .record(z.string(), z.string())
    .default({})
    .describe('more variables for the plugin'),
  daemon: z
    .strictObject({
      start: command.describe('runs for as long as the sandbox'),
      ready: command.describe('succeeds as soon as it serves; asked often, so let it be quick'),
    })
    .optional()
    .describe('of the plugin, in every sandbox'),
  stop: command
    .optional()
    .describe('makes the plugin unable to serve an ADD, as stopping its daemon'),
  resume: command.optional().describe('undoes `stop`'),
  exhaust: z
    .strictObject({
      config: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('over the configuration: a pool of few addresses'),
      attachments: z.int().min(1).max(1024).describe('so many ADDs use it up'),
    })
    .optional()
    .describe('how to use up what the plugin gives out'),
  maxAttachments: z
    .int()
    .min(1)
    .default(1024)
    .describe('so many can there be at one time: 1 where each takes the one device of the host'),
  state: z
    .array(z.string().startsWith('/'))
    .default([])
    .describe('folders in which the plugin keeps state'),
  keeps: z
    .strictObject({
      files: z.array(pattern).default([]).describe('paths, in which * stands for anything'),
      links: z.array(pattern).default([]).describe('of the host, with all that is on them'),
      other: z
        .array(pattern)
        .default([])
        .describe('whole lines of a state, as `host sysctl net.ipv4.ip_forward*`'),
    })
    .prefault({})
    .describe('what may stay after the last DEL'),
  hostInterfaces: z
    .array(pattern)
    .default([])
    .describe(
      'host links that ADD makes and that its result need not list, as a bridge that all share',
    ),
  tamper: z
    .array(
      z.strictObject({
        what: z.string().min(1).describe('as `the NAT rule`'),
        command: command.describe('breaks it; CONTAINER_ID, NETNS, IFNAME and ADDRESS are set'),
      }),
    )
    .default([])
    .describe('what CHECK must notice, besides what every plugin has'),
  deadlineSeconds: z
    .number()
    .min(1)
    .max(600)
    .default(30)
    .describe('for one execution of the plugin'),
});

export type Hints = z.output<typeof hintsSchema>;
