import {
  PluginError,
  type Adc,
  type Dac,
  type Labelled,
  type Mapping,
  type SpeedupPolicy,
  type UpdateRule,
  type WireModel,
} from '@txsim/core';
import type { Inspection } from './inspection.js';

/** What a contribution's failure at a stage is called. A failure that has a name already keeps it. */
export function stageFailure(label: string, where: string, cause: unknown): PluginError {
  if (cause instanceof PluginError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new PluginError('CONTRIBUTION_STAGE', label, `${where}: ${detail}`, { cause });
}

type Naming = <Arguments extends unknown[], Result>(
  where: string,
  call: (...given: Arguments) => Result,
) => (...given: Arguments) => Result;

/** Makes functions say whose they are, and at which stage, when they throw; in strict runs also of what they keep. */
const naming =
  (label: string, inspection?: Inspection): Naming =>
  (where, call) =>
  (...given) => {
    const called = (): ReturnType<typeof call> => call(...given);
    try {
      return inspection ? inspection.keeping.during({ by: label, stage: where }, called) : called();
    } catch (cause) {
      throw stageFailure(label, where, cause);
    }
  };

/** A product with some of its functions in place of its own. */
const over = <Product extends object>(product: Product, functions: Partial<Product>): Product =>
  Object.create(product, Object.getOwnPropertyDescriptors(functions)) as Product;

// Each of the following is a product whose calls say whose they are. Only those that make tensors can keep any.

export function namedMapping({ label, product: m }: Labelled<Mapping>): Mapping {
  const name = naming(label);
  return over(m, {
    encode: name('program stage', (...of) => m.encode(...of)),
    request: name('update stage', (...of) => m.request(...of)),
    ...(m.pulses && { pulses: name('update stage', (...of) => m.pulses!(...of)) }),
  });
}

export const namedDac = ({ label, product }: Labelled<Dac>): Dac =>
  over(product, { convert: naming(label)('read stage', (input) => product.convert(input)) });

export const namedAdc = ({ label, product }: Labelled<Adc>): Adc =>
  over(product, { convert: naming(label)('read stage', (...of) => product.convert(...of)) });

export function namedWires({ label, product }: Labelled<WireModel>, inspection?: Inspection): WireModel {
  const name = naming(label, inspection);
  const [first, ...rest] = product.methods.map((method) =>
    over(method, { effective: name('wire stage', (...of) => method.effective(...of)) }),
  );
  return over(product, { methods: [first!, ...rest] });
}

export const namedPolicy = (
  { label, product }: Labelled<SpeedupPolicy>,
  inspection?: Inspection,
): SpeedupPolicy =>
  over(product, {
    open: () => {
      const session = product.open();
      return {
        effective: naming(label, inspection)('wire stage', (...of) => session.effective(...of)),
        save: () => session.save(),
        load: (saved) => session.load(saved),
        dispose: () => session.dispose(),
      };
    },
  });

export const namedRule = ({ label, product }: Labelled<UpdateRule>, inspection?: Inspection): UpdateRule => {
  const name = naming(label, inspection);
  return over(product, {
    open: name('update stage', (site) => name('update stage', product.open(site))),
  });
};
