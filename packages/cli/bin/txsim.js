#!/usr/bin/env node
// Committed, so that a clone can link the command before it is built.
await import('../dist/txsim.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes('txsim.js')) throw error;
  process.stderr.write('txsim is not built yet: npm run build\n');
  process.exitCode = 1;
});
