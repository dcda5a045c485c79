import { describe, expect, it } from 'vitest';
import { neuroSimWires, technologyResistance, wireResistanceFromGeometry } from '../../src/wire/index.js';

/** Ohms per segment of 4F (1T1R), from MLP+NeuroSim, for wires of 200 to 14 nm. */
const listed = [0.2305, 0.4748, 1.3368, 2.1211, 2.9671, 4.9182, 10.1088];

describe('NeuroSim: resistivity and aspect ratio by wire width', () => {
  it.each(listed.map((ohms, k) => ({ ohms, wire: neuroSimWires[k]! })))(
    '$wire.width m: $ohms Ω between 1T1R cells, half of it between crosspoints',
    ({ ohms, wire }) => {
      expect(Math.abs(technologyResistance(wire, 4) - ohms)).toBeLessThan(0.00011);
      expect(technologyResistance(wire, 2)).toBeCloseTo(technologyResistance(wire, 4) / 2, 12);
    },
  );
});

describe('wireResistanceFromGeometry', () => {
  const copper = { length: 1e-6, width: 50e-9, thickness: 100e-9, resistivity: 1.68e-8 };

  it('is ρ length / (width thickness)', () =>
    expect(wireResistanceFromGeometry(copper)).toBeCloseTo(3.36, 12));

  it('with size effects tends to the bulk in wide wires, and grows in narrow ones', () => {
    const sizeEffect = { meanFreePath: 39e-9, specularity: 0.4, grainReflection: 0.3 };
    const growth = (width: number) => {
      const wire = { ...copper, width, thickness: 2 * width };
      return wireResistanceFromGeometry({ ...wire, sizeEffect }) / wireResistanceFromGeometry(wire);
    };
    expect(growth(1e-3)).toBeCloseTo(1, 3);
    const widths = [100e-9, 50e-9, 20e-9, 10e-9].map(growth);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(growth(100e-9)).toBeGreaterThan(1.2);
  });

  it('perfect surfaces and transparent grains leave the bulk', () => {
    const sizeEffect = { meanFreePath: 39e-9, specularity: 1, grainReflection: 0 };
    expect(wireResistanceFromGeometry({ ...copper, sizeEffect })).toBeCloseTo(3.36, 12);
  });

  it('the grain factor goes on smoothly where its series takes over, at α = 50', () => {
    const at = (grainReflection: number) =>
      wireResistanceFromGeometry({
        ...copper,
        sizeEffect: { meanFreePath: 50e-9, specularity: 1, grainReflection, grainSize: 50e-9 },
      });
    const reflection = 50 / 51;
    const ratio = at(reflection * (1 + 1e-9)) / at(reflection * (1 - 1e-9));
    expect(ratio).toBeCloseTo(1, 5);
    expect(at(reflection) / 3.36).toBeGreaterThan(60);
  });

  it.each([
    [{ width: 0 }, 'width must be finite and > 0'],
    [{ length: NaN }, 'length must be'],
    [{ resistivity: Infinity }, 'resistivity must be'],
    [
      { sizeEffect: { meanFreePath: 1e-9, specularity: 2, grainReflection: 0 } },
      'sizeEffect.specularity must be in [0, 1]',
    ],
    [
      { sizeEffect: { meanFreePath: 1e-9, specularity: 0, grainReflection: 1 } },
      'sizeEffect.grainReflection must be in [0, 1)',
    ],
    [
      { sizeEffect: { meanFreePath: 0, specularity: 0, grainReflection: 0 } },
      'sizeEffect.meanFreePath must be',
    ],
  ])('refuses %o', (change, message) => {
    expect(() => wireResistanceFromGeometry({ ...copper, ...change })).toThrow(message);
  });
});
