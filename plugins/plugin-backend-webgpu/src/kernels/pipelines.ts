import type { Pipeline, WebgpuBackend } from './backend.js';

/** Programs that are kept compiled; the oldest goes first. Constants of an expression are part of its program. */
const KEPT = 512;

/** By code, then by what it is bound to. */
type Pipelines = Map<string, Map<string, Pipeline>>;

const compiled = new WeakMap<WebgpuBackend, Pipelines>();

/**
 * The program of a code, compiled when it is first seen.
 *
 * @param bindings what decides all of the text but the code, in few characters: it is looked up at every call
 * @param text the whole program
 */
export function pipelineOf(
  backend: WebgpuBackend,
  code: string,
  bindings: string,
  text: () => string,
): Pipeline {
  let known = compiled.get(backend);
  if (!known) compiled.set(backend, (known = new Map()));
  let forms = known.get(code);
  if (!forms) {
    if (known.size >= KEPT) known.delete(known.keys().next().value!);
    known.set(code, (forms = new Map()));
  }
  let pipeline = forms.get(bindings);
  if (!pipeline) {
    const module = backend.device.createShaderModule({ code: text() });
    pipeline = backend.device.createComputePipeline({
      compute: { module, entryPoint: 'start' },
      layout: 'auto',
    });
    forms.set(bindings, pipeline);
  }
  return pipeline;
}
