import { describeUpdateRule } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

/** The largest change is that of the samples which are seen together. */
const TOGETHER = 'what is small depends on the whole batch';

describeUpdateRule(__identifier__, {
  exempt: { 'a batch cut into calls asks for the same, its samples numbered on': TOGETHER },
});
describeUpdateRule(__identifier__, { config: { threshold: 0 } });
