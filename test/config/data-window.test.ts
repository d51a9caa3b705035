import { hasDataWindow, inDataWindow } from '../../config/data-window';
import { loadCampaign } from '../../config/load-campaign';
import { useCampaignFolder } from './campaign-folder';

const folder = useCampaignFolder();
const load = (train: string) => loadCampaign(folder.putCampaign({ data: { train, heldOut: 'held-out.jsonl' } }));

test('{date} and {time} in the data’s paths are the time of the run, in UTC and fit for a file’s name', async () => {
  const campaign = await load('days/{date}/{date}-{time}.jsonl');
  expect(hasDataWindow(campaign)).toBe(true);
  const { data, ...rest } = inDataWindow(campaign, new Date('2026-03-01T01:02:03.456+02:00'));
  expect(data).toEqual({ ...campaign.data, train: 'days/2026-02-28/2026-02-28-2026-02-28T23-02-03Z.jsonl' });
  expect({ ...rest, data: campaign.data }).toEqual(campaign);
});

test('paths without them stay as they are', async () => {
  const campaign = await load('train.jsonl');
  expect(hasDataWindow(campaign)).toBe(false);
  expect(inDataWindow(campaign, new Date(0))).toEqual(campaign);
});
