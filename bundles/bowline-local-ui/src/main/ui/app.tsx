import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { Frame } from './frame/Frame';
import { begin } from './live';
import { Away } from './pages/Away';
import { Activity } from './pages/activity/Activity';
import { Content } from './pages/content/Content';
import { Hosts } from './pages/hosts/Hosts';
import { NotFound } from './pages/NotFound';
import { Overview } from './pages/Overview';
import { Setup } from './pages/Setup';
import { SignIn } from './pages/SignIn';
import { usePath } from './router';
import { useStore } from './store';
import { follow } from './theme';

const TITLES: Record<string, string> = {
  '/': 'Overview',
  '/hosts': 'Linked Edge Hosts',
  '/content': 'Content',
  '/activity': 'Activity',
};

function App() {
  const { phase, host, loaded } = useStore();
  const path = usePath();
  useEffect(() => void begin(), []);
  useEffect(() => {
    const page = phase === 'ready' ? (TITLES[path] ?? 'Not found') : 'Sign in';
    document.title = `${page} · ${host?.name ?? 'Bowline'}`;
  }, [phase, path, host]);
  if (phase === 'setup') return <Setup />;
  if (phase === 'sign-in') return <SignIn />;
  if (phase === 'away') return <Away />;
  if (phase === 'loading') return null;
  return <Frame>{loaded ? <Page path={path} /> : <Loading />}</Frame>;
}

function Page({ path }: { path: string }) {
  if (path === '/') return <Overview />;
  if (path === '/hosts') return <Hosts />;
  if (path === '/content') return <Content />;
  if (path === '/activity') return <Activity />;
  return <NotFound />;
}

function Loading() {
  return (
    <p class="loading" role="status">
      Reading the state of this host …
    </p>
  );
}

follow();
render(<App />, document.getElementById('app')!);
