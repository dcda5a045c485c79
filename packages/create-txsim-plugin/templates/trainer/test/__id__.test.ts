import { describeTrainer } from '@txsim/plugin-testkit';
import { __identifier__ } from '../src/index.js';

describeTrainer(__identifier__);
describeTrainer(__identifier__, { config: { learningRate: 0.5, decay: 0, batchSize: 3, epochs: 0 } });
