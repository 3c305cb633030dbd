import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => JSON.parse(readFileSync(join(__dirname, `../../manifests/slack/${name}.json`), 'utf8'));

describe.each(['http', 'socket-mode'])('the Slack manifest for %s', (name) => {
  const manifest = read(name);

  it('keeps to the lengths that Slack allows', () => {
    const { display_information: shown, features } = manifest;
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description.length).toBeLessThanOrEqual(140);
    expect(shown.long_description.length).toBeGreaterThanOrEqual(174);
    expect(shown.long_description.length).toBeLessThanOrEqual(4_000);
    expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(features.slash_commands[0].description.length).toBeLessThanOrEqual(2_000);
    expect(features.slash_commands[0].usage_hint.length).toBeLessThanOrEqual(1_000);
  });

  it('asks for no more than dejiren uses, and hears no message that is not for it', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual([
      'app_mentions:read',
      'assistant:write',
      'chat:write',
      'commands',
      'im:history',
    ]);
    expect(manifest.settings.event_subscriptions.bot_events).not.toContain('message.channels');
    expect(manifest.settings.event_subscriptions.bot_events).not.toContain('message.groups');
  });

  it('says that answers can be wrong', () => {
    expect(manifest.display_information.long_description).toMatch(/can be wrong/u);
  });

  it('is reached in one way only', () => {
    const http = name === 'http';
    expect(manifest.settings.socket_mode_enabled).toBe(!http);
    expect('request_url' in manifest.settings.event_subscriptions).toBe(http);
    expect('request_url' in manifest.settings.interactivity).toBe(http);
    expect('url' in manifest.features.slash_commands[0]).toBe(http);
  });
});
