import { follow } from '../router';

export function NotFound() {
  return (
    <section class="empty">
      <h1>Nothing here</h1>
      <p>The Local UI has no page of that name.</p>
      <a class="button primary" href="/" onClick={(event) => follow(event, '/')}>
        Go to the Overview
      </a>
    </section>
  );
}
