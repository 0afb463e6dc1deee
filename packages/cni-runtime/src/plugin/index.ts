export type { HandlerContext, PluginHandlers } from './handlers.ts';
