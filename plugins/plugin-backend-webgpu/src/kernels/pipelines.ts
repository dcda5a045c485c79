import type { Pipeline, WebgpuBackend } from './backend.js';

/** Programs that are kept compiled; the oldest goes first. Constants of an expression are part of its program. */
const KEPT = 512;

const compiled = new WeakMap<WebgpuBackend, Map<string, Pipeline>>();

/** The program of a text, compiled when it is first seen. */
export function pipelineOf(backend: WebgpuBackend, code: string): Pipeline {
  let known = compiled.get(backend);
  if (!known) compiled.set(backend, (known = new Map()));
  let pipeline = known.get(code);
  if (!pipeline) {
    if (known.size >= KEPT) known.delete(known.keys().next().value!);
    const module = backend.device.createShaderModule({ code });
    pipeline = backend.device.createComputePipeline({
      compute: { module, entryPoint: 'start' },
      layout: 'auto',
    });
    known.set(code, pipeline);
  }
  return pipeline;
}
