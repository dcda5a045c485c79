import { definePlugin } from '@txsim/core';
import { __identifier__ } from './__id__.js';
import { VERSION } from './version.js';

export { __identifier__ };

export default definePlugin({
  name: '__package__',
  version: VERSION,
  namespace: '__id__',
  engines: { txsim: '__coreRange__' },
  contributes: [__identifier__],
});
