import { useState } from 'preact/hooks';
import { clock, seconds } from '../format';
import { hostNow, remove } from '../http';
import { leave } from '../live';
import { Chip } from '../parts/Chip';
import { Icon } from '../parts/Icon';
import { Menu } from '../parts/Menu';
import { self, standing, useNow, useStore } from '../store';
import { useTheme, type Theme } from '../theme';

export function TopBar() {
  const state = useStore();
  return (
    <header class="top-bar">
      <div class="whose">
        <strong>{state.host?.name ?? self(state)?.name}</strong>
        <RoleChip />
      </div>
      <Live />
      <Clock />
      <ThemeMenu />
      <UserMenu />
    </header>
  );
}

export function RoleChip() {
  const state = useStore();
  if (!state.loaded) return null;
  const role = self(state)?.role;
  if (role) {
    return <Chip tone="accent" icon="flag" text={role === 'worker' ? 'Worker' : 'Control plane'} />;
  }
  const where = standing(state);
  if (where === 'leader') return <Chip tone="accent" icon="flag" text="Leader" />;
  if (where === 'follower') return <Chip tone="calm" icon="link" text="Follower" />;
  return <Chip tone="calm" text="Standalone" />;
}

function Live() {
  const now = useNow();
  const { connected, lastHeard } = useStore();
  const age = lastHeard ? seconds((now - lastHeard) / 1000) : '';
  if (connected) {
    return (
      <span class="live" title={`Last news ${age} ago`}>
        <i class="dot" /> Live
      </span>
    );
  }
  return (
    <span class="live lost" role="status">
      <Icon name="sync" spin /> Reconnecting{age && <span class="age"> · data {age} old</span>}
    </span>
  );
}

function Clock() {
  useNow();
  const [utc, setUtc] = useState(localStorage.getItem('bowline.utc') === 'yes');
  const turn = () => {
    localStorage.setItem('bowline.utc', utc ? 'no' : 'yes');
    setUtc(!utc);
  };
  return (
    <button
      type="button"
      class="clock"
      title="The clock of this host. Click for local time or UTC."
      onClick={turn}
    >
      {clock(hostNow(), utc)} <small>{utc ? 'UTC' : 'local'}</small>
    </button>
  );
}

function ThemeMenu() {
  const [theme, set] = useTheme();
  const entry = (value: Theme, text: string, icon: 'sun' | 'moon' | 'auto') => ({
    text,
    icon,
    chosen: theme === value,
    act: () => set(value),
  });
  return (
    <Menu
      label="Theme"
      entries={[
        entry('light', 'Light', 'sun'),
        entry('dark', 'Dark', 'moon'),
        entry('auto', 'Auto', 'auto'),
      ]}
    >
      <Icon name={theme === 'dark' ? 'moon' : theme === 'light' ? 'sun' : 'auto'} />
    </Menu>
  );
}

function UserMenu() {
  const { session } = useStore();
  const out = async () => {
    try {
      await remove('/session');
    } finally {
      await leave();
    }
  };
  return (
    <Menu
      label={`User ${session?.user ?? ''}`}
      entries={[{ text: 'Sign out', icon: 'out', act: () => void out() }]}
      header={
        <div class="menu-header">
          <strong>{session?.user}</strong>
          <small>{session?.role}</small>
        </div>
      }
    >
      <Icon name="user" />
    </Menu>
  );
}
