import { join, resolve } from 'node:path';
import { EnvironmentError, readEnvironment } from '../../config/environment';

test('nothing set is the embedded default, below the working folder', () => {
  expect(readEnvironment({})).toMatchObject({
    LASER_HOME: resolve('.laser'),
    LASER_STORE: resolve('.laser', 'store'),
    TEMPORAL_NAMESPACE: 'default',
  });
  expect(readEnvironment({}).TEMPORAL_ADDRESS).toBeUndefined();
});

test('the store follows the home unless it has a place of its own', () => {
  expect(readEnvironment({ LASER_HOME: '/data' }).LASER_STORE).toBe(join('/data', 'store'));
  expect(readEnvironment({ LASER_HOME: '/data', LASER_STORE: '/shared' }).LASER_STORE).toBe('/shared');
  expect(readEnvironment({ LASER_HOME: 'relative' }).LASER_HOME).toBe(resolve('relative'));
});

test('an empty variable is an unset one, and variables of others are let be', () => {
  const environment = readEnvironment({ LASER_HOME: '', TEMPORAL_ADDRESS: '', TEMPORAL_TLS: '', PATH: '/bin' });
  expect(environment).toEqual(readEnvironment({}));
});

test.each([
  ['true', true],
  ['1', true],
  ['false', false],
])('TEMPORAL_TLS=%s', (text, expected) => {
  expect(readEnvironment({ TEMPORAL_TLS: text }).TEMPORAL_TLS).toBe(expected);
});

test('LASER_MAX_LORA_RANK is a whole number', () => {
  expect(readEnvironment({ LASER_MAX_LORA_RANK: '128' }).LASER_MAX_LORA_RANK).toBe(128);
  for (const text of ['many', '0', '1.5']) {
    expect(() => readEnvironment({ LASER_MAX_LORA_RANK: text })).toThrow('must be a whole number above 0');
  }
});

test('what cannot be used is named, all of it', () => {
  const read = () => readEnvironment({ TEMPORAL_TLS: 'maybe', LASER_MODEL_SERVER: 'file:///etc/passwd' });
  expect(read).toThrow(EnvironmentError);
  expect(read).toThrow(
    'The environment is not usable: TEMPORAL_TLS must be true or false; ' +
      'LASER_MODEL_SERVER must be an http:// or https:// address. Correct or unset it.',
  );
});
