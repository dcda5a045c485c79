export { loadStack, type LoadedStack, type StackRequest } from './config/load-stack.js';
export { stackJsonSchema } from './config/stack-json-schema.js';
export { nodeHost } from './node-host.js';
export {
  loadPlugins,
  type LoadedPlugin,
  type LoadedPlugins,
  type PluginRequest,
} from './plugins/load-plugins.js';
export { resolvePlugin } from './plugins/resolve-plugin.js';
export { OutputFolder } from './run/output-folder.js';
