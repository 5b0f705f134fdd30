import type { ComponentChildren } from 'preact';
import { follow, usePath } from '../router';
import { useStore } from '../store';
import { Icon, Logo, type IconName } from '../parts/Icon';
import { TopBar } from './TopBar';

interface Page {
  path: string;
  title: string;
  icon: IconName;
}

const PAGES: Page[] = [
  { path: '/', title: 'Overview', icon: 'overview' },
  { path: '/hosts', title: 'Linked Edge Hosts', icon: 'hosts' },
  { path: '/content', title: 'Content', icon: 'content' },
  { path: '/activity', title: 'Activity', icon: 'activity' },
];

/** Main Menu on the left, top bar, and the page. */
export function Frame({ children }: { children: ComponentChildren }) {
  return (
    <div class="frame">
      <a class="skip" href="#page">
        Skip to the page
      </a>
      <MainMenu />
      <div class="beside">
        <TopBar />
        <UpdateBanner />
        <main id="page" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

function MainMenu() {
  const path = usePath();
  return (
    <nav class="main-menu" aria-labelledby="main-menu-title">
      <a class="brand" href="/" aria-label="Bowline" onClick={(event) => follow(event, '/')}>
        <Logo />
        <span>Bowline</span>
      </a>
      <h2 id="main-menu-title">Main Menu</h2>
      <ul>
        {PAGES.map((page) => (
          <li>
            <a
              href={page.path}
              title={page.title}
              aria-current={path === page.path ? 'page' : undefined}
              onClick={(event) => follow(event, page.path)}
            >
              <Icon name={page.icon} />
              <span>{page.title}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function UpdateBanner() {
  const { updated } = useStore();
  if (!updated) return null;
  return (
    <div class="banner" role="status">
      Local UI was updated
      <button type="button" class="button quiet" onClick={() => location.reload()}>
        Reload
      </button>
    </div>
  );
}
