/** One segment of a wire; metres and ohm metres. */
export interface WireGeometry {
  /** From one cell to the next. */
  readonly length: number;
  readonly width: number;
  readonly thickness: number;
  /** Of the bulk where `sizeEffect` is given, else of the wire. */
  readonly resistivity: number;
  /** What scattering at surfaces and grain boundaries adds; none unless given. */
  readonly sizeEffect?: SizeEffect;
}

/** How resistivity grows in narrow wires. */
export interface SizeEffect {
  /** Of electrons in the bulk, metres; copper at room temperature: 39e-9. */
  readonly meanFreePath: number;
  /** The part of electrons that surfaces reflect like mirrors, 0 to 1. */
  readonly specularity: number;
  /** The part of electrons that a grain boundary reflects, 0 to below 1. */
  readonly grainReflection: number;
  /** Distance of grain boundaries, metres; the width unless given. */
  readonly grainSize?: number;
}

/**
 * R = ρ length / (width · thickness), ohms per segment.
 *
 * With `sizeEffect` ρ grows as the wire narrows: ρ = ρ_bulk (1/3 / (1/3 − α/2 + α² − α³ ln(1 + 1/α)) +
 * 3/8 C (1 − p) (1/width + 1/thickness) λ), α = λ/d · R/(1 − R), C = 1.2. Source: Mayadas and Shatzkes, Phys. Rev. B 1
 * (1970), with the surface term of Steinhögl et al., Phys. Rev. B 66, 075414 (2002), fitted to copper wires of 40 nm
 * to 1 µm.
 *
 * @throws RangeError for a dimension or a resistivity that is not finite and positive, or a part outside its range
 */
export function wireResistanceFromGeometry(geometry: WireGeometry): number {
  const { length, width, thickness, resistivity, sizeEffect } = geometry;
  for (const [name, value] of Object.entries({ length, width, thickness, resistivity })) {
    checkPositive(name, value);
  }
  const growth = sizeEffect ? sizeGrowth(width, thickness, sizeEffect) : 1;
  return (resistivity * growth * length) / (width * thickness);
}

const confinement = 1.2;

function sizeGrowth(width: number, thickness: number, effect: SizeEffect): number {
  const { meanFreePath, specularity, grainReflection, grainSize = width } = effect;
  checkPositive('sizeEffect.meanFreePath', meanFreePath);
  checkPositive('sizeEffect.grainSize', grainSize);
  if (!(specularity >= 0 && specularity <= 1))
    throw new RangeError(outside('specularity', '[0, 1]', specularity));
  if (!(grainReflection >= 0 && grainReflection < 1)) {
    throw new RangeError(outside('grainReflection', '[0, 1)', grainReflection));
  }
  const surfaces = (3 / 8) * confinement * (1 - specularity) * (1 / width + 1 / thickness) * meanFreePath;
  return grains(((meanFreePath / grainSize) * grainReflection) / (1 - grainReflection)) + surfaces;
}

/** The grain-boundary factor; beyond α = 50 by its series 1/3 − α/2 + α² − α³ ln(1 + 1/α) = 1/(4α) − 1/(5α²) + …. */
function grains(alpha: number): number {
  if (alpha === 0) return 1;
  let part = 1 / 3 - alpha / 2 + alpha ** 2 - alpha ** 3 * Math.log1p(1 / alpha);
  if (alpha > 50) part = 1 / (4 * alpha) - 1 / (5 * alpha ** 2) + 1 / (6 * alpha ** 3);
  return 1 / 3 / part;
}

function checkPositive(name: string, value: number) {
  if (!(value > 0) || value === Infinity)
    throw new RangeError(`${name} must be finite and > 0, not ${value}`);
}

const outside = (name: string, range: string, value: number) =>
  `sizeEffect.${name} must be in ${range}, not ${value}`;

/** A wire of minimum width F as NeuroSim has it, in metres and ohm metres. */
export interface WireTechnology {
  readonly width: number;
  /** Thickness over width. */
  readonly aspectRatio: number;
  /** Of the wire, size effects included. */
  readonly resistivity: number;
}

const technology = (nanometres: number, aspectRatio: number, resistivity: number): WireTechnology =>
  Object.freeze({ width: nanometres * 1e-9, aspectRatio, resistivity });

/** Interconnects by wire width, 200 nm to 14 nm. Source: the table of MLP+NeuroSim 3.0 (Chen, Peng, Yu). */
export const neuroSimWires: readonly WireTechnology[] = Object.freeze([
  technology(200, 2.1, 2.42e-8),
  technology(100, 2.3, 2.73e-8),
  technology(50, 2.34, 3.91e-8),
  technology(40, 1.9, 4.03e-8),
  technology(32, 1.9, 4.51e-8),
  technology(22, 2.0, 5.41e-8),
  technology(14, 2.1, 7.43e-8),
]);

/** Ohms per segment of a wire of width F between cells that are so many F apart: 4 for 1T1R, 2 for a crosspoint. */
export function technologyResistance(
  { width, aspectRatio, resistivity }: WireTechnology,
  pitch: number,
): number {
  return wireResistanceFromGeometry({
    length: pitch * width,
    width,
    thickness: aspectRatio * width,
    resistivity,
  });
}
