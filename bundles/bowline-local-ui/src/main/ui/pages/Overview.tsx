import type { ComponentChildren } from 'preact';
import { bytes, many } from '../format';
import { Chip } from '../parts/Chip';
import { Icon, type IconName } from '../parts/Icon';
import { follow } from '../router';
import { leaderLost, leaderOf, self, standing, useNow, useStore, type State } from '../store';

export function Overview() {
  useNow(5000);
  const state = useStore();
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Overview</h1>
          <p class="lead">How this host and its group are.</p>
        </div>
      </div>
      <NextStep state={state} />
      <div class="tiles">
        <GroupTile state={state} />
        <ContentTile state={state} />
        <VersionTile state={state} />
      </div>
    </>
  );
}

interface Step {
  icon: IconName;
  title: string;
  text: string;
  path: string;
  action: string;
}

function NextStep({ state }: { state: State }) {
  const step = nextStep(state);
  return (
    <section class="card next-step" aria-label="Next step">
      <span class="emblem">
        <Icon name={step.icon} />
      </span>
      <div>
        <h2>{step.title}</h2>
        <p>{step.text}</p>
      </div>
      <a class="button primary" href={step.path} onClick={(event) => follow(event, step.path)}>
        {step.action} <Icon name="arrow" />
      </a>
    </section>
  );
}

function nextStep(state: State): Step {
  const hosts = { path: '/hosts', action: 'Linked Edge Hosts' };
  const content = { path: '/content', action: 'Content' };
  const amiss = state.hosts.find((host) => host.health.state !== 'healthy');
  const urgent = leaderTrouble(state);
  if (urgent) return { ...urgent, ...hosts };
  switch (standing(state)) {
    case 'standalone':
      return {
        icon: 'link',
        title: 'Lead a group, or join one',
        text: 'This host stands alone. Generate a token here, or paste one that another host shows.',
        ...hosts,
      };
    case 'leader':
      if (state.hosts.length < 2) {
        return {
          icon: 'link',
          title: 'Link the first host',
          text: 'This host generates tokens. Paste the one shown now on another host.',
          ...hosts,
        };
      }
      break;
    case 'follower':
      break;
  }
  if (amiss) {
    return {
      icon: 'warn',
      title: `${amiss.name} needs attention`,
      text: `${amiss.health.reason} ${amiss.health.fix}`.trim(),
      ...hosts,
    };
  }
  if (standing(state) === 'follower') {
    return {
      icon: 'check',
      title: `Linked to ${leaderOf(state)?.name ?? 'its leader'}`,
      text: 'Content and settings come from the leader by themselves. Nothing is to be done here.',
      ...content,
    };
  }
  if (state.content.length === 0) {
    return {
      icon: 'upload',
      title: 'Upload content',
      text: 'What is uploaded on this host reaches every linked host, latecomers included.',
      ...content,
    };
  }
  return { icon: 'check', title: 'The group is in order', text: summary(state), ...content };
}

/** What stands before everything else: a group without a leader, or with two who claim it. */
function leaderTrouble(state: State): Pick<Step, 'icon' | 'title' | 'text'> | null {
  const challenge = state.leader?.challenge;
  if (challenge) {
    return {
      icon: 'warn',
      title: `${challenge.name} has taken over this group`,
      text: 'This host accepts no changes until it follows or takes over.',
    };
  }
  if (leaderLost(state) === 0) return null;
  return {
    icon: 'warn',
    title: `${leaderOf(state)?.name ?? 'The leader'} does not answer`,
    text: 'The group accepts no changes until its leader returns, or another host takes over.',
  };
}

const synced = (state: State) =>
  state.hosts.filter((host) => host.content.state === 'synced').length;

const summary = (state: State) =>
  `${many(state.content.length, 'bundle')} Synced on ${synced(state)} of ${many(state.hosts.length, 'host')}.`;

function Tile({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card tile" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function GroupTile({ state }: { state: State }) {
  const away = state.hosts.filter((host) => host.health.state === 'unreachable').length;
  const leader = leaderOf(state);
  const alone = standing(state) === 'standalone';
  return (
    <Tile title="Group">
      <p class="figure">{alone ? 'Standalone' : many(state.hosts.length, 'host')}</p>
      <p class="hint">
        {alone ? 'not linked to any host' : `led by ${leader?.name ?? 'an unknown leader'}`}
      </p>
      {away > 0 ? (
        <Chip tone="bad" icon="off" text={`${away} unreachable`} />
      ) : (
        <Chip tone="good" icon="check" text={alone ? 'Ready to be linked' : 'All reachable'} />
      )}
    </Tile>
  );
}

function ContentTile({ state }: { state: State }) {
  const size = state.content.reduce((sum, item) => sum + item.size, 0);
  const all = synced(state) === state.hosts.length;
  return (
    <Tile title="Content">
      <p class="figure">{many(state.content.length, 'bundle')}</p>
      <p class="hint">{bytes(size)} in all</p>
      <Chip
        tone={all ? 'good' : 'busy'}
        icon={all ? 'check' : 'sync'}
        text={`Synced on ${synced(state)} of ${many(state.hosts.length, 'host')}`}
      />
    </Tile>
  );
}

function VersionTile({ state }: { state: State }) {
  const mine = self(state)?.version ?? '';
  const others = state.hosts.filter((host) => host.version !== mine);
  return (
    <Tile title="Version">
      <p class="figure number">{mine}</p>
      <p class="hint">agent of this host</p>
      {state.hosts.length < 2 ? null : others.length === 0 ? (
        <Chip tone="good" icon="check" text="Same on all hosts" />
      ) : (
        <Chip tone="warn" icon="warn" text={`Other on ${others.map((h) => h.name).join(', ')}`} />
      )}
    </Tile>
  );
}
