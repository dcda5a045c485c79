import { createBackends, didYouMean, PluginError, type Availability, type Registry } from '@txsim/core';

/** What a backend says of this machine. */
export interface BackendReport {
  readonly name: string;
  readonly plugin: string;
  readonly availability: Availability;
}

/** Asks every registered backend whether it runs here, the preferred one first. */
export async function probeBackends(registry: Registry): Promise<readonly BackendReport[]> {
  const found = createBackends(registry).sort((a, b) => b.backend.priority - a.backend.priority);
  const reports: BackendReport[] = [];
  for (const { name, plugin, backend } of found) {
    reports.push({ name, plugin: `${plugin.name}@${plugin.version}`, availability: await backend.probe() });
  }
  return reports;
}

/** Whether a backend runs here, and may be taken: a fallback is only if it is wanted by name. */
export const isChosen = (a: Availability, wanted: string): boolean =>
  a.available && (wanted !== 'auto' || !a.fallback);

/**
 * Makes a backend current: the one that is named, or with `auto` the best that runs here.
 *
 * @returns its name
 * @throws PluginError BACKEND_UNAVAILABLE with the reason and what to do
 */
export async function activateBackend(registry: Registry, wanted: string): Promise<string> {
  const backends = createBackends(registry).sort((a, b) => b.backend.priority - a.backend.priority);
  const candidates = wanted === 'auto' ? backends : backends.filter((b) => b.name === wanted);
  const reasons: string[] = [];
  for (const { name, backend } of candidates) {
    const probed = await backend.probe();
    if (isChosen(probed, wanted)) {
      await backend.activate();
      return name;
    }
    reasons.push(`${name}: ${probed.available ? probed.detail : `${probed.reason}; ${probed.advice}`}`);
  }
  const names = backends.map((b) => b.name);
  const detail =
    reasons.join('; ') || `no such backend.${didYouMean(wanted, names) || ` Known: ${names.join(', ')}.`}`;
  throw new PluginError('BACKEND_UNAVAILABLE', wanted, detail);
}
