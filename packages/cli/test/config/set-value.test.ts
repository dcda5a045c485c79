import { describe, expect, it } from 'vitest';
import { setValue } from '../../src/config/set-value.js';

const stack = () => ({
  seed: 1,
  trainer: { use: 'trainers/sgd', epochs: 1 },
  stack: {
    nonIdealities: [
      { use: 'device-variation', sigma: 0.05 },
      { use: 'write-noise/write-noise', gamma: 3 },
      { use: 'read-noise', sigma: 0.01 },
      { use: 'read-noise', sigma: 0.02 },
    ],
  },
});

function after(assignment: string): ReturnType<typeof stack> & Record<string, unknown> {
  const value = stack();
  setValue(value, assignment);
  return value;
}

describe('setValue', () => {
  it('reads the value as JSON, else as text', () => {
    expect(after('trainer.epochs=3').trainer.epochs).toBe(3);
    expect(after('stack.nonIdealities.0.enabled=false').stack.nonIdealities[0]).toMatchObject({
      enabled: false,
    });
    expect(after('network.units=[16, 8]')['network']).toEqual({ units: [16, 8] });
    expect(after('backend=wasm')['backend']).toBe('wasm');
    expect(after('dataset.folder=a=b')['dataset']).toEqual({ folder: 'a=b' });
  });

  it('finds an element by what it uses, by namespace or in full', () => {
    expect(after('stack.nonIdealities.write-noise.gamma=5').stack.nonIdealities[1]).toMatchObject({
      gamma: 5,
    });
    const full = after('stack.nonIdealities.write-noise/write-noise.gamma=6');
    expect(full.stack.nonIdealities[1]).toMatchObject({ gamma: 6 });
  });

  it('appends at the end of a list, not beyond', () => {
    expect(after('stack.nonIdealities.4={"use":"x"}').stack.nonIdealities).toHaveLength(5);
    expect(() => after('stack.nonIdealities.6.sigma=1')).toThrow('index 6 is beyond the end, there are 4');
  });

  it('suggests the nearest element', () => {
    expect(() => after('stack.nonIdealities.device-variatio.sigma=1')).toThrow(
      'Did you mean "device-variation"?',
    );
  });

  it('asks for the index where two elements use the same', () => {
    expect(() => after('stack.nonIdealities.read-noise.sigma=1')).toThrow('name one by its index: 2, 3');
  });

  it('names the value that has no keys', () => {
    expect(() => after('trainer.epochs.more=1')).toThrow('--set trainer.epochs.more=1: trainer.epochs is 1');
  });

  it.each(['trainer.epochs', '=3', 'trainer..epochs=1', '__proto__.polluted=1'])(
    'refuses %s',
    (assignment) => {
      expect(() => after(assignment)).toThrow(`--set ${assignment}:`);
      expect({}).not.toHaveProperty('polluted');
    },
  );

  it('sets inherited names as keys of their own', () => {
    expect(after('constructor.name=x')['constructor']).toEqual({ name: 'x' });
  });
});
