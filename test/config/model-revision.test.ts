import { cpSync, mkdirSync, renameSync, symlinkSync, utimesSync } from 'node:fs';
import { modelRevision } from '../../config/model-revision';
import { useCampaignFolder } from './campaign-folder';

const folder = useCampaignFolder();
const revision = (name = 'policy') => modelRevision(folder.path(name));

test('it is what the files hold and are called, wherever and whenever', async () => {
  const before = await revision();
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  cpSync(folder.path('policy'), folder.path('elsewhere', 'copy'), { recursive: true });
  expect(await revision('elsewhere/copy')).toBe(before);
  utimesSync(folder.path('policy', 'config.json'), 0, 0);
  expect(await revision()).toBe(before);
  mkdirSync(folder.path('policy', '.cache'));
  expect(await revision()).toBe(before);
});

test('links are followed, as in the hub’s cache', async () => {
  const before = await revision();
  renameSync(folder.path('policy', 'model.safetensors'), folder.path('blob'));
  symlinkSync(folder.path('blob'), folder.path('policy', 'model.safetensors'));
  symlinkSync(folder.path('rm-one'), folder.path('policy', 'folder'));
  expect(await revision()).toBe(before);
});

test('another byte, another name or another file is another revision', async () => {
  const seen = [await revision()];
  folder.put('policy/model.safetensors', 'weights of Policy');
  seen.push(await revision());
  renameSync(folder.path('policy', 'model.safetensors'), folder.path('policy', 'model-1.safetensors'));
  seen.push(await revision());
  folder.put('policy/tokenizer.json', '');
  seen.push(await revision());
  expect(new Set(seen).size).toBe(4);
});
