import { blocksIn, jsonOf } from './args';
import { faultOfBlocks } from './blocks';
import type { Deliveries } from './delivery';
import type { Delivery } from './envelope';
import { wire } from './reading';
import { type Block, isRecord } from './record';
import type { ResponseUrls } from './response-urls';
import { APP_ID, type Ephemeral, type FakeMessage, type World } from './state';

export interface InteractionParts {
  readonly world: World;
  readonly deliveries: Deliveries;
  readonly responseUrls: ResponseUrls;
  readonly origin: string;
}

const COMMAND = '/dejiren-optin';

/** What people type and press. */
export function createInteractions({ world, deliveries: { deliver }, responseUrls, origin }: InteractionParts) {
  const nameOf = (channel: string): string => world.channelOf(channel)?.name ?? channel.toLowerCase();

  /** What Slack sends for a slash command: "Enabling interactivity with slash commands", docs.slack.dev. */
  async function type(user: string, channel: string, text: string) {
    const { name } = world.meet(user);
    const to: Parameters<ResponseUrls['open']>[0] = { channel, user };
    const delivery = await deliver('slash_commands', {
      token: 'legacy',
      team_id: world.team,
      team_domain: 'fake',
      channel_id: channel,
      channel_name: nameOf(channel),
      user_id: user,
      user_name: name,
      command: COMMAND,
      text,
      api_app_id: APP_ID,
      is_enterprise_install: 'false',
      response_url: origin + responseUrls.open(to),
      trigger_id: `${world.next()}.trigger`,
    });
    return { to, delivery };
  }

  return {
    /** Types a slash command; gives the card that its acknowledgement shows, if any, which is among the ephemerals. */
    async command(user: string, channel: string, text: string): Promise<Ephemeral | undefined> {
      const { to, delivery } = await type(user, channel, text);
      const told = jsonOf(delivery.body);
      const content = isRecord(told) ? told : { text: delivery.body };
      if (delivery.status !== 200) return undefined;
      if (content.blocks !== undefined && faultOfBlocks(content.blocks) !== undefined)
        throw new Error('Slack would not show these blocks');
      const shown = responseUrls.show(content, to);
      if (shown === undefined) return undefined;
      to.original = shown;
      return 'messageTs' in shown ? shown : undefined;
    },
    /** Types a slash command and gives its acknowledgement as it came. */
    async commandAck(user: string, channel: string, text: string): Promise<Delivery> {
      return (await type(user, channel, text)).delivery;
    },
    /** Presses the button with this label or action id: "block_actions payload", docs.slack.dev. */
    async press(
      user: string,
      button: string | { readonly actionId: string },
      on: Ephemeral | FakeMessage,
      ticks: readonly string[] = [],
    ): Promise<Delivery> {
      if (on.deleted) throw new Error('the message is gone');
      const action = on.blocks
        .flatMap(actionsIn)
        .find(({ label, action_id }) =>
          typeof button === 'string' ? label === button : action_id === button.actionId,
        );
      if (action === undefined) throw new Error(`no button “${typeof button === 'string' ? button : button.actionId}”`);
      const { label, ...pressed } = action;
      const { channel, threadTs } = on;
      const isEphemeral = 'messageTs' in on;
      const message_ts = isEphemeral ? on.messageTs : on.ts;
      const inThread = threadTs === undefined ? {} : { thread_ts: threadTs };
      const to = { channel, user, ...(threadTs !== undefined && { threadTs }), original: on };
      return deliver('interactive', {
        type: 'block_actions',
        token: 'legacy',
        team: { id: world.team, domain: 'fake' },
        user: { id: user, username: world.meet(user).name, name: world.meet(user).name, team_id: world.team },
        api_app_id: APP_ID,
        enterprise: null,
        is_enterprise_install: false,
        channel: { id: channel, name: nameOf(channel) },
        container: { type: 'message', message_ts, channel_id: channel, is_ephemeral: isEphemeral, ...inThread },
        ...(!isEphemeral && { message: { ...wire(on), ...inThread } }),
        state: { values: Object.fromEntries(on.blocks.flatMap((block) => ticked(block, ticks))) },
        response_url: origin + responseUrls.open(to),
        trigger_id: `${world.next()}.trigger`,
        actions: [{ ...pressed, text: { type: 'plain_text', text: label, emoji: true }, action_ts: world.nextTs() }],
      });
    },
  };
}

/** The boxes of a block as they stand when a button is pressed, by the labels that were ticked. */
function ticked(block: Block, ticks: readonly string[]): [string, object][] {
  const boxes = blocksIn(block.elements).filter(({ type }) => type === 'checkboxes');
  return boxes.map(({ type, action_id, options }) => {
    const chosen = blocksIn(options).filter(({ text }) => isRecord(text) && ticks.includes(String(text.text)));
    return [String(block.block_id), { [String(action_id)]: { type, selected_options: chosen } }];
  });
}

interface Pressable {
  readonly label: string;
  readonly type: unknown;
  readonly action_id: unknown;
  readonly block_id: unknown;
  readonly value: unknown;
}

/** Everything in a block that can be pressed. */
function actionsIn(block: Block, index: number): readonly Pressable[] {
  const block_id = block.block_id ?? `block-${index}`;
  const elements = [...blocksIn(block.elements), ...blocksIn([block.accessory])];
  return elements.flatMap(({ type, action_id, ...element }) => {
    const choices = type === 'feedback_buttons' ? [element.positive_button, element.negative_button] : [element];
    return choices.filter(isRecord).flatMap(({ text, value }) => {
      const label = isRecord(text) ? String(text.text) : '';
      return label === '' ? [] : [{ label, type, action_id, block_id, value }];
    });
  });
}
