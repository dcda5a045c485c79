/** The release of tfjs-node that goes with the tfjs of TxSim. */
const VERSION = '4.22.0';

export const NO_NODE = 'use the backend webgpu or wasm';

export const INSTALL = `npm install @tensorflow/tfjs-node@${VERSION} (or, with CUDA 11.2 and cuDNN 8.1, \
@tensorflow/tfjs-node-gpu@${VERSION}); the installation downloads libtensorflow: without a way out to the internet, \
set CDN_STORAGE to a mirror of its host (ending in /), or TFJS_NODE_BASE_URI to all that comes before \
"cpu-linux-x86_64-2.9.1.tar.gz"`;

export const OTHER_COPY = `npm install @tensorflow/tfjs-node@${VERSION} in the folder where TxSim is installed, so that \
both use one @tensorflow/tfjs@${VERSION} (npm ls @tensorflow/tfjs-core shows the copies)`;

/** A package that npm put there and that does not load lacks its library or its addon, or has those of another Node. */
export const rebuild = (names: readonly string[]): string =>
  `npm rebuild ${names.join(' ')} --build-addon-from-source, with install scripts allowed; it downloads libtensorflow \
and compiles the addon for this Node`;
