import { useState } from 'preact/hooks';
import type { HostRow } from '../../api';
import { useNow, useStore } from '../../store';
import { ForgetHost, UnlinkHost } from './HostActs';
import { HostCheckDialog } from './HostCheckDialog';
import { HostDetails } from './HostDetails';
import { Row } from './Row';

/** What the menu beside the IP address asks for. */
export type Ask = 'details' | 'check' | 'unlink' | 'forget';

const COLUMNS = [
  'IP address',
  'Name',
  'Role',
  'Status',
  'Content',
  'Health',
  'Version',
  'Last contact',
];

/** The table of linked hosts, the same on every host. */
export function HostTable({ title }: { title: string }) {
  useNow(5000);
  const { hosts } = useStore();
  const [asked, ask] = useState<{ host: HostRow; what: Ask } | null>(null);
  return (
    <section class="card flush" aria-labelledby="hosts-title">
      <h2 id="hosts-title">
        {title} {hosts.length > 1 && <span class="count">{hosts.length}</span>}
      </h2>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="hosts-title">
        <table aria-labelledby="hosts-title">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th scope="col">{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hosts.map((host) => (
              <Row key={host.id} host={host} ask={(what) => ask({ host, what })} />
            ))}
          </tbody>
        </table>
      </div>
      {asked && <Asked host={asked.host} what={asked.what} onClose={() => ask(null)} />}
    </section>
  );
}

interface AskedProps {
  host: HostRow;
  what: Ask;
  onClose: () => void;
}

function Asked({ host, what, onClose }: AskedProps) {
  const { hosts } = useStore();
  const now = hosts.find((row) => row.id === host.id) ?? host;
  if (what === 'details') return <HostDetails host={now} onClose={onClose} />;
  if (what === 'check') return <HostCheckDialog host={now} onClose={onClose} />;
  if (what === 'unlink') return <UnlinkHost host={host} onClose={onClose} />;
  return <ForgetHost host={host} onClose={onClose} />;
}
