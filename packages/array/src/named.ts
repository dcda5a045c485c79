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

/** Makes functions say whose they are, and at which stage, when they throw. */
const naming =
  (label: string): Naming =>
  (where, call) =>
  (...given) => {
    try {
      return call(...given);
    } catch (cause) {
      throw stageFailure(label, where, cause);
    }
  };

// Each of the following is a product whose calls say whose they are when they throw.

export function namedMapping({ label, product: m }: Labelled<Mapping>): Mapping {
  const name = naming(label);
  return {
    planes: m.planes,
    readouts: m.readouts,
    grid: name('grid', (...of) => m.grid(...of)),
    weightRange: name('weight range', (largest) => m.weightRange(largest)),
    encode: name('program stage', (...of) => m.encode(...of)),
    request: name('update stage', (...of) => m.request(...of)),
    ...(m.pulses && { pulses: name('update stage', (...of) => m.pulses!(...of)) }),
  };
}

export const namedDac = ({ label, product }: Labelled<Dac>): Dac => ({
  scale: product.scale,
  readVoltage: product.readVoltage,
  convert: naming(label)('read stage', (input) => product.convert(input)),
});

export const namedAdc = ({ label, product }: Labelled<Adc>): Adc => ({
  fullScale: product.fullScale,
  convert: naming(label)('read stage', (...of) => product.convert(...of)),
});

export function namedWires({ label, product }: Labelled<WireModel>): WireModel {
  const methods = product.methods.map((method) => ({
    name: method.name,
    policy: method.policy,
    effective: naming(label)('wire stage', (...of: Parameters<typeof method.effective>) =>
      method.effective(...of),
    ),
    ...(method.closedForm && { closedForm: (...of: [Parameters<typeof method.effective>[1]]) => method.closedForm!(...of) }), // prettier-ignore
  }));
  const { reciprocal, network, probe } = product;
  return { reciprocal, network, probe, methods: methods as unknown as WireModel['methods'] };
}

export const namedPolicy = ({ label, product }: Labelled<SpeedupPolicy>): SpeedupPolicy => ({
  everyStep: product.everyStep,
  open: () => {
    const session = product.open();
    return {
      effective: naming(label)('wire stage', (...of) => session.effective(...of)),
      save: () => session.save(),
      load: (saved) => session.load(saved),
      dispose: () => session.dispose(),
    };
  },
});

export const namedRule = ({ label, product }: Labelled<UpdateRule>): UpdateRule => ({
  request: naming(label)('update stage', (signal) => product.request(signal)),
});
