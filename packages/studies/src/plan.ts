import { getAt, PluginError, Problems, setAt, type Stack } from '@txsim/core';
import { axisOf, type Axis } from './axis.js';
import type { AttributionPoint } from './design/attribution.js';
import { designPoints, type DesignPoint } from './design/design.js';
import { parseFormula, type Formula, type Names } from './formula/formula.js';
import type { Study } from './study.js';

/** A point of a study: what is set in the stack, for all its seeds. */
export interface StudyPoint {
  /** Counted from 1, in the order of the design. */
  readonly number: number;
  readonly label?: string;
  /** Axis → value. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Path → value: `set`, the axes, derived values, in the order in which they are set. */
  readonly assignments: readonly (readonly [path: string, value: unknown])[];
  /** Name → what is to be small. */
  readonly costs: Readonly<Record<string, number>>;
  readonly attribution?: AttributionPoint;
  readonly trajectory?: number;
  readonly place?: readonly number[];
}

/** A training of a point with one seed. */
export interface StudyRun {
  /** A name for files: `003-seed-2`. */
  readonly id: string;
  readonly point: StudyPoint;
  readonly seed: number;
  /** What the digital reference depends on; runs of the same key have the same one. */
  readonly digitalKey: string;
  /** Whether this run is the one that trains it. */
  readonly twin: boolean;
}

/** All that a study asks for. */
export interface StudyPlan {
  readonly study: Study;
  readonly axes: readonly Axis[];
  readonly points: readonly StudyPoint[];
  readonly runs: readonly StudyRun[];
  /** Points of the design that a condition leaves out. */
  readonly left: number;
}

/** Ends with a message about a part of a study. */
const failAt =
  (culprit: string) =>
  (detail: string): never => {
    throw new PluginError('STUDY_INVALID', culprit, detail);
  };

/**
 * The points and runs of a study of a stack.
 *
 * @param base the stack, before anything is set
 * @throws StackError with everything that is wrong (STUDY_INVALID)
 */
export function planStudy(study: Study, base: Stack): StudyPlan {
  const stack = structuredClone(base) as Stack & Record<string, unknown>;
  for (const [path, value] of Object.entries(study.set)) setAt(stack, path, value, failAt(`set ${path}`));
  const problems = new Problems();
  const axes = Object.entries(study.axes).flatMap(
    ([name, written]) => problems.attempt(() => axisOf(name, written)) ?? [],
  );
  const formulas = formulasOf(study, problems);
  problems.throwIfAny();
  const design = problems.attempt(() => designPoints(study, axes, (axis) => baselineOf(axis, stack))) ?? [];
  const points = design.flatMap(
    (point) => problems.attempt(() => completed(point, study, stack, formulas)) ?? [],
  );
  problems.throwIfAny();
  if (points.length === 0) failAt('where')('leaves no point');
  const numbered = points.map((point, i) => ({ number: i + 1, ...point }));
  return {
    study,
    axes,
    points: numbered,
    runs: runsOf(numbered, study, stack),
    left: design.length - points.length,
  };
}

/** The stack of a point, without its seed. */
export function stackOf<S extends object>(base: S, { assignments }: Pick<StudyPoint, 'assignments'>): S {
  const stack = structuredClone(base) as S & Record<string, unknown>;
  for (const [path, value] of assignments) setAt(stack, path, value, failAt(path));
  return stack;
}

/** The value of an axis where the study says none: the stack's, else its first. */
function baselineOf(axis: Axis, stack: Record<string, unknown>): unknown {
  const own = isVariable(axis.name) ? undefined : getAt(stack, axis.name, failAt(`axes ${axis.name}`));
  return axis.baseline ?? own ?? axis.values?.[0];
}

const isVariable = (name: string): boolean => name.startsWith('$');

interface Formulas {
  readonly derive: readonly (readonly [name: string, formula: Formula])[];
  readonly where: readonly Formula[];
  readonly costs: readonly (readonly [name: string, formula: Formula])[];
}

function formulasOf({ derive, where, costs }: Study, problems: Problems): Formulas {
  const read = (source: string): Formula[] => {
    const formula = problems.attempt(() => parseFormula(source));
    return formula ? [formula] : [];
  };
  const named = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).flatMap(([name, source]) => read(source).map((f) => [name, f] as const));
  return { derive: named(derive), where: where.flatMap(read), costs: named(costs) };
}

/** A point with derived values and costs; undefined where a condition leaves it out. */
function completed(
  { values, ...rest }: DesignPoint,
  study: Study,
  base: Record<string, unknown>,
  { derive, where, costs }: Formulas,
): Omit<StudyPoint, 'number'> | undefined {
  const stack = structuredClone(base);
  const assignments: [string, unknown][] = Object.entries(study.set);
  const variables: Record<string, unknown> = {};
  const names: Names = {
    variable: (name) =>
      Object.hasOwn(variables, name)
        ? variables[name]
        : failAt(`$${name}`)('no axis or derived value has this name'),
    path: (path) =>
      getAt(stack, path, failAt(`{${path}}`)) ?? failAt(`{${path}}`)('the stack has no value here'),
  };
  const assign = (name: string, value: unknown): void => {
    if (isVariable(name)) variables[name.slice(1)] = value;
    else {
      setAt(stack, name, value, failAt(name));
      assignments.push([name, value]);
    }
  };
  for (const [name, value] of Object.entries(values)) assign(name, value);
  for (const [name, formula] of derive) assign(name, finite(name, formula(names)));
  if (!where.every((formula) => Boolean(formula(names)))) return undefined;
  const sizes = costs.map(([name, formula]) => [name, Number(finite(name, formula(names)))] as const);
  return { ...rest, values, assignments, costs: Object.fromEntries(sizes) };
}

function finite(name: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  return failAt(name)(`its formula gives ${value}`);
}

function runsOf(points: readonly StudyPoint[], study: Study, base: Stack): StudyRun[] {
  const seeds = Array.isArray(study.seeds)
    ? study.seeds
    : Array.from({ length: study.seeds }, (_, i) => i + 1);
  const width = String(points.length).length;
  const known = new Set<string>();
  return points.flatMap((point) => {
    const { dataset, network, trainer } = stackOf(base, point);
    return [...new Set(seeds)].map((seed) => {
      const digitalKey = JSON.stringify([dataset, network, trainer, seed]);
      const twin = study.twin && !known.has(digitalKey);
      known.add(digitalKey);
      return {
        id: `${String(point.number).padStart(width, '0')}-seed-${seed}`,
        point,
        seed,
        digitalKey,
        twin,
      };
    });
  });
}
