import { Events, PluginError, type SimulationEvents } from '@txsim/core';
import { expect, expectTypeOf, test } from 'vitest';

const fact: SimulationEvents['progress'] = { step: 3, epoch: 1, loss: 0.5 };

test('listeners hear a fact in the order in which they came', () => {
  const events = new Events();
  const heard: string[] = [];
  events.on('progress', ({ step }) => heard.push(`first ${step}`));
  events.on('progress', ({ step }) => heard.push(`second ${step}`));
  events.on('end', () => heard.push('end'));
  events.emit('progress', fact);
  expect(heard).toEqual(['first 3', 'second 3']);
});

test('a listener that throws is named, with what it threw as cause', () => {
  const events = new Events();
  const cause = new Error('the disk is full');
  const fail = (): never => {
    throw cause;
  };
  events.on('progress', fail, '@acme/plugin-log@1.0.0 log/log');
  let thrown: unknown;
  try {
    events.emit('progress', fact);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(PluginError);
  expect(thrown).toMatchObject({
    message: 'LISTENER_FAILED [@acme/plugin-log@1.0.0 log/log] on "progress": the disk is full',
    cause,
  });
});

test('a listener that throws does not keep others from hearing', () => {
  const events = new Events();
  const heard: string[] = [];
  events.on('progress', () => { throw new Error('no'); }, 'first'); // prettier-ignore
  events.on('progress', () => heard.push('second'), 'second');
  expect(() => events.emit('progress', fact)).toThrow('LISTENER_FAILED [first]');
  expect(heard).toEqual(['second']);
  events.removeAll();
  expect(() => events.emit('progress', fact)).not.toThrow();
});

test('removeAll silences everyone', () => {
  const events = new Events();
  events.on('progress', () => expect.unreachable());
  events.removeAll();
  events.emit('progress', fact);
});

test('types: a listener gets the fact of its event', () => {
  const events = new Events();
  events.on('warning', (warning) => expectTypeOf(warning.message).toBeString());
  // @ts-expect-error there is no such event
  events.on('sunrise', () => undefined);
  // @ts-expect-error a fact must be complete
  const incomplete = (): void => events.emit('progress', { step: 1 });
  expectTypeOf(incomplete).toBeFunction();
});
