import { lookup } from 'node:dns';
import { checkEndpoint } from '../../model-server';
import { isLinkLocalAddress } from '../../model-server/is-link-local-address';
import { lookupSafely } from '../../model-server/lookup-safely';

test.each([
  ['http://127.0.0.1:8000', 'http://127.0.0.1:8000'],
  ['https://gpu-3.example.com/policy/', 'https://gpu-3.example.com/policy'],
  ['http://[::1]:9000/', 'http://[::1]:9000'],
  ['http://10.0.0.7', 'http://10.0.0.7'],
])('%s is taken', (endpoint, base) => {
  expect(checkEndpoint(endpoint)).toBe(base);
});

test.each([
  ['http://169.254.169.254', /link-local/],
  ['http://2852039166/latest', /link-local/],
  ['http://0xa9fea9fe', /link-local/],
  ['http://[::ffff:169.254.169.254]/', /link-local/],
  ['http://[fe80::1]:8000', /link-local/],
  ['http://[fd00:ec2::254]', /link-local/],
  ['http://metadata.google.internal.', /metadata/],
  ['file:///etc/passwd', /file:/],
  ['ftp://host/x', /ftp:/],
  ['localhost:8000', /localhost:/],
  ['gpu-3', /not a URL/],
  ['http://host:8000/v1', /leave it out/],
  ['http://host:8000?model=a', /query/],
  ['http://host:8000#a', /fragment/],
])('%s is refused', (endpoint, reason) => {
  expect(() => checkEndpoint(endpoint)).toThrow(reason);
});

test('a password is refused and not repeated', () => {
  let message = '';
  try {
    checkEndpoint('http://user:hunter2@host:8000');
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain('host:8000');
  expect(message).not.toContain('hunter2');
});

test.each(['127.0.0.1', '10.1.2.3', '::1', '169.253.0.1', 'fd00::1'])('%s is no link-local address', (address) => {
  expect(isLinkLocalAddress(address)).toBe(false);
});

test('a name is looked up as the system does, and refused where it leads to a link-local address', async () => {
  const resolve = (name: string, all: boolean, resolver: typeof lookupSafely) =>
    new Promise<unknown>((settle, fail) =>
      resolver(name, { all }, (error, address) => (error === null ? settle(address) : fail(error))),
    );
  expect(await resolve('localhost', false, lookupSafely)).toEqual(
    await resolve('localhost', false, lookup as typeof lookupSafely),
  );
  await expect(resolve('localhost', true, lookupSafely)).resolves.toEqual(
    expect.arrayContaining([expect.objectContaining({ family: expect.any(Number) })]),
  );
  await expect(resolve('169.254.169.254', false, lookupSafely)).rejects.toMatchObject({ code: 'ERR_UNSAFE_ADDRESS' });
  await expect(resolve('169.254.169.254', true, lookupSafely)).rejects.toMatchObject({ code: 'ERR_UNSAFE_ADDRESS' });
});
